resource "aws_sqs_queue" "g" { name = "grand" }
output "tags" { value = aws_sqs_queue.g.tags_all }
