locals {
  account = "123456789012"
  arn     = "arn:aws:s3:::bucket-${local.account}"
  parts   = split(":", local.arn)
}
resource "aws_kms_key" "k" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Sid = "root", Effect = "Allow", Principal = { AWS = "arn:aws:iam::${local.account}:root" }, Action = "kms:*", Resource = "*" }]
  })
}
output "service" { value = local.parts[2] }
output "name" { value = element(local.parts, length(local.parts) - 1) }
