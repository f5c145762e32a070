terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.edge]
    }
  }
}
variable "names" { type = set(string) }
resource "aws_acm_certificate" "edge" {
  for_each          = var.names
  provider          = aws.edge
  domain_name       = "${each.key}.example.com"
  validation_method = "DNS"
  lifecycle { create_before_destroy = true }
}
module "bucket" {
  source    = "./bucket"
  for_each  = var.names
  name      = each.value
  providers = { aws = aws.edge }
}
output "domains" { value = sort([for certificate in aws_acm_certificate.edge : certificate.domain_name]) }
