variable "region" { type = string }
variable "sizes" { type = list(number) }
variable "owner" { type = string }
variable "extra" {
  type    = map(any)
  default = {}
}
resource "aws_sqs_queue" "q" {
  name                      = "${var.owner}-${var.region}"
  message_retention_seconds = var.sizes[1]
  tags                      = { for k, v in var.extra : k => tostring(v) }
}
output "sizes" { value = var.sizes }
