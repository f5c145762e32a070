variable "name" {}
resource "aws_sqs_queue" "q" {
  name       = "${var.name}.fifo"
  fifo_queue = true
}
output "name" { value = aws_sqs_queue.q.name }
output "full" { value = { name = aws_sqs_queue.q.name, fifo = aws_sqs_queue.q.fifo_queue } }
