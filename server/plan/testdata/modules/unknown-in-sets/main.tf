resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_eip" "e" { domain = "vpc" }
resource "aws_lb_listener_rule" "r" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/x/1/2"
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.t.arn
  }
  condition {
    host_header { values = ["a.example.com", aws_eip.e.public_dns] }
  }
  condition {
    path_pattern { values = ["/x"] }
  }
}
resource "aws_lb_target_group" "t" {
  name     = "t"
  port     = 80
  protocol = "HTTP"
  vpc_id   = aws_vpc.v.id
}
resource "aws_autoscaling_group" "a" {
  name               = "a"
  min_size           = 0
  max_size           = 1
  availability_zones = ["eu-west-1a"]
  launch_configuration = "lc"
  tag {
    key                 = "vpc"
    value               = aws_vpc.v.id
    propagate_at_launch = true
  }
  tag {
    key                 = "name"
    value               = "fixed"
    propagate_at_launch = false
  }
}
resource "aws_network_acl" "n" {
  vpc_id     = aws_vpc.v.id
  subnet_ids = [aws_subnet.s.id]
}
resource "aws_subnet" "s" {
  vpc_id     = aws_vpc.v.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_cloudwatch_metric_alarm" "m" {
  alarm_name          = "m"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "x"
  namespace           = "y"
  period              = 60
  statistic           = "Sum"
  threshold           = 1
  dimensions          = { Vpc = aws_vpc.v.id, Fixed = "f" }
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:a", aws_sns_topic.t.arn]
}
resource "aws_sns_topic" "t" { name = "t" }
