locals {
  files   = fileset(path.module, "config/*.yaml")
  configs = { for file in local.files : trimsuffix(basename(file), ".yaml") => yamldecode(file("${path.module}/${file}")) }
  topics  = merge([for name, config in local.configs : { for topic in try(config.topics, []) : "${name}-${topic.name}" => topic }]...)
  shared  = jsondecode(file("${path.module}/config/shared.json"))
}
resource "aws_sns_topic" "topic" {
  for_each     = local.topics
  name         = each.key
  display_name = try(each.value.display, title(each.key))
  fifo_topic   = try(each.value.fifo, false)
  tags         = merge(local.shared.tags, { Source = "yaml" })
}
resource "aws_sns_topic_policy" "topic" {
  for_each = aws_sns_topic.topic
  arn      = each.value.arn
  policy   = templatefile("${path.module}/config/policy.tftpl", { topic = each.key, accounts = local.shared.accounts })
}
resource "aws_cloudwatch_log_group" "service" {
  for_each          = local.configs
  name              = "/service/${each.key}"
  retention_in_days = lookup(each.value, "retention", local.shared.retention)
}
output "topics" { value = keys(local.topics) }
