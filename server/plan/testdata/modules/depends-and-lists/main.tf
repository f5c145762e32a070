resource "aws_iam_role" "r" {
  name                = "r"
  assume_role_policy  = "{}"
  max_session_duration = "7200"
  depends_on          = [aws_sqs_queue.q]
}
resource "aws_sqs_queue" "q" { name = "q" }
resource "aws_network_acl" "n" {
  vpc_id = "vpc-1"
  ingress {
    protocol   = "tcp"
    rule_no    = 100
    action     = "allow"
    cidr_block = "10.0.0.0/8"
    from_port  = 80
    to_port    = 80
  }
}
