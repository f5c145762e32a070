variable "secrets" {
  type      = map(object({ value = string, rotate = optional(number, 30) }))
  sensitive = true
  default   = { db = { value = "hunter22" }, api = { value = "abc123xyz", rotate = 7 } }
}
locals {
  names   = nonsensitive(toset(keys(var.secrets)))
  lengths = { for name in local.names : name => nonsensitive(length(var.secrets[name].value)) }
}
resource "aws_secretsmanager_secret" "secret" {
  for_each                = local.names
  name                    = "app/${each.key}"
  recovery_window_in_days = nonsensitive(var.secrets[each.key].rotate)
}
resource "aws_secretsmanager_secret_version" "secret" {
  for_each      = local.names
  secret_id     = aws_secretsmanager_secret.secret[each.key].id
  secret_string = var.secrets[each.key].value
}
resource "aws_ssm_parameter" "joined" {
  name  = "/joined"
  type  = "SecureString"
  value = join(",", [for name in sort(local.names) : var.secrets[name].value])
}
output "lengths" { value = local.lengths }
output "hidden" {
  value     = { for name, secret in var.secrets : name => upper(secret.value) }
  sensitive = true
}
