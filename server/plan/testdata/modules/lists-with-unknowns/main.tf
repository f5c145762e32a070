resource "aws_eip" "e" { domain = "vpc" }
resource "aws_route53_record" "r" {
  zone_id = "Z1"
  name    = "x.example.com"
  type    = "A"
  ttl     = 60
  records = ["1.2.3.4", aws_eip.e.public_ip]
}
resource "aws_ecs_service" "s" {
  name            = "s"
  cluster         = "c"
  task_definition = "t"
  load_balancer {
    target_group_arn = aws_lb_target_group.t.arn
    container_name   = "web"
    container_port   = 80
  }
  deployment_circuit_breaker {
    enable   = true
    rollback = false
  }
}
resource "aws_lb_target_group" "t" {
  name     = "t"
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-1"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  image_uri     = "x:1"
  package_type  = "Image"
  layers        = []
  environment {
    variables = { IP = aws_eip.e.public_ip, MODE = "x" }
  }
}
output "env" { value = aws_lambda_function.f.environment[0].variables["MODE"] }
output "ports" { value = aws_ecs_service.s.load_balancer[*].container_port }
resource "aws_security_group_rule" "r" {
  type              = "ingress"
  from_port         = 1
  to_port           = 2
  protocol          = "tcp"
  security_group_id = "sg-1"
  cidr_blocks       = ["10.0.0.0/8", "${aws_eip.e.public_ip}/32"]
}
resource "aws_lambda_function" "g" {
  function_name = "g"
  role          = "arn:aws:iam::123456789012:role/r"
  image_uri     = "x:1"
  package_type  = "Image"
  image_config {
    command     = ["a", aws_eip.e.public_ip]
    entry_point = ["b"]
  }
}
