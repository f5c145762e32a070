variable "release" { default = "v1.4.2" }
resource "terraform_data" "release" {
  input            = { version = trimprefix(var.release, "v"), parts = split(".", trimprefix(var.release, "v")) }
  triggers_replace = [var.release, sha1(var.release)]
}
resource "terraform_data" "many" {
  for_each = toset(terraform_data.release.input.parts)
  input    = each.value
}
resource "aws_ssm_parameter" "release" {
  name  = "/release"
  type  = "StringList"
  value = join(",", terraform_data.release.input.parts)
  lifecycle {
    replace_triggered_by = [terraform_data.release]
    ignore_changes       = [tags, description]
    precondition {
      condition     = length(terraform_data.release.input.parts) == 3
      error_message = "Three parts."
    }
    postcondition {
      condition     = self.name == "/release"
      error_message = "Name."
    }
  }
}
check "version" {
  assert {
    condition     = tonumber(terraform_data.release.input.parts[0]) >= 1
    error_message = "Too old."
  }
}
moved {
  from = aws_ssm_parameter.old
  to   = aws_ssm_parameter.release
}
removed {
  from = aws_ssm_parameter.gone
  lifecycle { destroy = false }
}
output "input" { value = terraform_data.release.input }
