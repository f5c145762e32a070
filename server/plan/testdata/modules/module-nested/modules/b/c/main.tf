variable "label" {}
resource "aws_ssm_parameter" "p" {
  name  = "/${var.label}"
  type  = "String"
  value = sha1(var.label)
}
resource "terraform_data" "d" {
  input = { label = var.label, module = path.module }
}
output "arn_suffix" { value = "param${aws_ssm_parameter.p.name}" }
