variable "name" {
  type     = string
  default  = "fallback"
  nullable = false
}
variable "delay" {
  type    = number
  default = 5
}
variable "options" {
  type    = object({ fifo = optional(bool, false), tags = optional(map(string), { made = "here" }) })
  default = {}
}
resource "aws_sqs_queue" "queue" {
  name                        = var.options.fifo ? "${var.name}.fifo" : var.name
  fifo_queue                  = var.options.fifo
  content_based_deduplication = var.options.fifo ? true : null
  delay_seconds               = var.delay
  tags                        = var.options.tags
}
output "name" { value = aws_sqs_queue.queue.name }
output "delay" { value = coalesce(var.delay, 99) }
