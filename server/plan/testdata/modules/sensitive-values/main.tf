variable "password" {
  type      = string
  sensitive = true
  default   = "hunter22-secret"
}
variable "conf" {
  type      = object({ user = string, token = string })
  sensitive = true
  default   = { user = "u", token = "t0ken-value" }
}
locals {
  dsn   = "postgres://app:${var.password}@db"
  plain = nonsensitive(var.conf.user)
}
resource "aws_db_instance" "db" {
  identifier          = "db"
  engine              = "postgres"
  instance_class      = "db.t3.micro"
  allocated_storage   = 20
  username            = local.plain
  password            = var.password
  skip_final_snapshot = true
  tags                = { Secret = var.conf.token, Open = "x" }
}
resource "aws_ssm_parameter" "dsn" {
  name  = "/dsn"
  type  = "SecureString"
  value = local.dsn
}
output "dsn" {
  value     = local.dsn
  sensitive = true
}
output "len" {
  value = nonsensitive(length(var.password))
}
output "mixed" {
  value     = [for x in ["a", var.password] : x]
  sensitive = true
}
output "is" { value = issensitive(var.password) }
