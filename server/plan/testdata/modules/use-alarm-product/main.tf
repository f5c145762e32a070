variable "services" {
  type    = set(string)
  default = ["api", "worker"]
}
locals {
  metrics = {
    cpu    = { name = "CPUUtilization", threshold = 80, unit = "Percent" }
    memory = { name = "MemoryUtilization", threshold = 90.5 }
  }
  alarms = { for pair in setproduct(var.services, keys(local.metrics)) : "${pair[0]}-${pair[1]}" => merge(local.metrics[pair[1]], { service = pair[0] }) }
  limits = zipmap(sort(tolist(var.services)), range(length(var.services)))
}
resource "aws_cloudwatch_metric_alarm" "alarm" {
  for_each            = local.alarms
  alarm_name          = each.key
  namespace           = "AWS/ECS"
  metric_name         = each.value.name
  statistic           = "Average"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = each.value.threshold
  unit                = lookup(each.value, "unit", null)
  period              = 60 * (local.limits[each.value.service] + 1)
  evaluation_periods  = 3
  dimensions          = { ServiceName = each.value.service, ClusterName = "main" }
  treat_missing_data  = contains(["api"], each.value.service) ? "breaching" : "notBreaching"
}
resource "aws_cloudwatch_dashboard" "main" {
  dashboard_name = "main"
  dashboard_body = jsonencode({
    widgets = [for index, key in sort(keys(local.alarms)) : {
      type = "metric", x = (index % 2) * 12, y = floor(index / 2) * 6, width = 12, height = 6
      properties = { title = replace(key, "-", " "), metrics = [["AWS/ECS", local.alarms[key].name]] }
    }]
  })
}
output "limits" { value = local.limits }
