locals {
  alarms = { cpu = { metric = "CPUUtilization", threshold = 80 }, disk = { metric = "Disk", threshold = 90.5 } }
}
resource "aws_cloudwatch_log_group" "l" {
  name              = "/app"
  retention_in_days = 14
}
resource "aws_cloudwatch_metric_alarm" "a" {
  for_each            = local.alarms
  alarm_name          = each.key
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  metric_name         = each.value.metric
  namespace           = "AWS/EC2"
  period              = 60
  statistic           = "Average"
  threshold           = each.value.threshold
  dimensions          = { InstanceId = "i-1" }
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:b", "arn:aws:sns:eu-west-1:123456789012:a"]
}
resource "aws_cloudwatch_dashboard" "d" {
  dashboard_name = "d"
  dashboard_body = jsonencode({ widgets = [{ type = "metric", x = 0, y = 0, width = 12, height = 6, properties = { region = "eu-west-1", metrics = [["A", "B"]] } }] })
}
