resource "aws_sqs_queue" "new" { name = "n" }
moved {
  from = aws_sqs_queue.old
  to   = aws_sqs_queue.new
}
check "name" {
  assert {
    condition     = aws_sqs_queue.new.name != ""
    error_message = "empty"
  }
}
removed {
  from = aws_sqs_queue.gone
  lifecycle { destroy = false }
}
