variable "containers" {
  type = map(object({
    image       = string
    cpu         = optional(number, 256)
    port        = optional(number)
    environment = optional(map(string), {})
    essential   = optional(bool, true)
  }))
  default = {
    web     = { image = "nginx:1.27", port = 80, environment = { LOG = "info", MODE = "live" } }
    sidecar = { image = "envoy:1", essential = false, cpu = 128 }
  }
}
locals {
  definitions = [for name in sort(keys(var.containers)) : {
    name         = name
    image        = var.containers[name].image
    cpu          = var.containers[name].cpu
    essential    = var.containers[name].essential
    portMappings = [for port in compact([tostring(var.containers[name].port == null ? "" : var.containers[name].port)]) : { containerPort = tonumber(port) }]
    environment  = [for key, value in var.containers[name].environment : { name = key, value = value }]
  }]
}
resource "aws_ecs_cluster" "main" {
  name = "main"
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}
resource "aws_ecs_task_definition" "app" {
  family                   = "app"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = sum(values(var.containers)[*].cpu)
  memory                   = 1024
  container_definitions    = jsonencode(local.definitions)
}
resource "aws_ecs_service" "app" {
  name            = "app"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  network_configuration {
    subnets         = ["subnet-1", "subnet-2"]
    security_groups = [aws_security_group.app.id]
  }
}
resource "aws_security_group" "app" {
  name   = "app"
  vpc_id = "vpc-1"
}
resource "aws_cloudwatch_log_group" "app" {
  for_each          = var.containers
  name              = "/ecs/app/${each.key}"
  retention_in_days = each.value.essential ? 30 : 7
}
