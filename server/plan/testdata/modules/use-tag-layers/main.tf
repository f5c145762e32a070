variable "environment" { default = "prod" }
variable "owner" {
  type    = string
  default = null
}
variable "extra_tags" {
  type    = map(any)
  default = { Retention = "30", Critical = "true" }
}
locals {
  common = merge(
    { Environment = var.environment, ManagedBy = "terraform" },
    var.owner == null ? {} : { Owner = var.owner },
    { for key, value in var.extra_tags : key => tostring(value) if value != null },
  )
  size  = lookup({ dev = "t3.small", prod = "m5.large" }, var.environment, "t3.micro")
  count = try({ dev = 1, prod = 3 }[var.environment], 1)
}
resource "aws_instance" "web" {
  count         = local.count
  ami           = "ami-12345678"
  instance_type = local.size
  tags          = merge(local.common, { Name = format("web-%s-%02d", var.environment, count.index + 1) })
  root_block_device {
    volume_type = "gp3"
    volume_size = can(regex("large", local.size)) ? 100 : 20
    encrypted   = true
    tags        = local.common
  }
}
resource "aws_sqs_queue" "jobs" {
  name                       = "jobs-${var.environment}"
  visibility_timeout_seconds = max(30, min(43200, 15 * 60))
  tags                       = { for key, value in local.common : lower(key) => value }
}
output "names" { value = aws_instance.web[*].tags.Name }
output "common" { value = local.common }
