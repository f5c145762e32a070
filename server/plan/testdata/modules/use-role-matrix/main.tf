variable "roles" {
  type = map(object({
    services = list(string)
    managed  = optional(set(string), [])
    inline   = optional(map(list(string)), {})
    boundary = optional(string)
  }))
  default = {
    ci = {
      services = ["codebuild.amazonaws.com", "codepipeline.amazonaws.com"]
      managed  = ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/AmazonS3FullAccess"]
      inline   = { logs = ["logs:PutLogEvents", "logs:CreateLogStream"] }
    }
    app = { services = ["ecs-tasks.amazonaws.com"] }
  }
}
locals {
  attachments = merge([for name, role in var.roles : {
    for arn in role.managed : "${name}/${basename(arn)}" => { role = name, arn = arn }
  }]...)
  inline = flatten([for name, role in var.roles : [
    for policy, actions in role.inline : { id = "${name}:${policy}", role = name, policy = policy, actions = actions }
  ]])
}
resource "aws_iam_role" "role" {
  for_each             = var.roles
  name                 = "team-${each.key}"
  permissions_boundary = each.value.boundary
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for service in each.value.services : {
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = service }
    }]
  })
}
resource "aws_iam_role_policy_attachment" "managed" {
  for_each   = local.attachments
  role       = aws_iam_role.role[each.value.role].name
  policy_arn = each.value.arn
}
resource "aws_iam_role_policy" "inline" {
  for_each = { for policy in local.inline : policy.id => policy }
  name     = each.value.policy
  role     = aws_iam_role.role[each.value.role].id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = each.value.actions, Resource = "*" }]
  })
}
output "count" { value = { for name, role in var.roles : name => length(role.managed) } }
