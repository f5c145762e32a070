variable "vpc_id" {
  type        = string
  description = "Network made by the first part."
}

variable "subnet_ids" {
  type        = list(string)
  description = "Private subnets of that network."
}

variable "allowed_cidr" {
  type        = string
  description = "Network that may call the service."
  default     = "10.0.0.0/8"

  validation {
    condition     = !contains(["0.0.0.0/0", "::/0"], var.allowed_cidr)
    error_message = "Name the network that needs it."
  }
}

variable "task_count" {
  type        = number
  description = "How many copies of the service."
}

variable "image" {
  type        = string
  description = "Container image with its tag."
}

resource "aws_kms_key" "main" {
  description             = "Logs and queue of ${var.name}"
  enable_key_rotation     = true
  deletion_window_in_days = 7
}

resource "aws_cloudwatch_log_group" "service" {
  name              = "/gantry/${var.name}"
  retention_in_days = 14
}

resource "aws_ecs_cluster" "main" {
  name = var.name

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_iam_role" "execution" {
  name = "${var.name}-execution"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_security_group" "service" {
  name        = "${var.name}-service"
  description = "Service ${var.name}"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-service" }
}

resource "aws_vpc_security_group_ingress_rule" "callers" {
  security_group_id = aws_security_group.service.id
  description       = "Callers from the named network"
  cidr_ipv4         = var.allowed_cidr
  ip_protocol       = "tcp"
  from_port         = 8080
  to_port           = 8080
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.service.id
  description       = "HTTPS to the endpoints of the network"
  cidr_ipv4         = var.allowed_cidr
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_sqs_queue" "work" {
  name                              = "${var.name}-work"
  kms_master_key_id                 = aws_kms_key.main.id
  kms_data_key_reuse_period_seconds = 300
  message_retention_seconds         = 86400
}

resource "aws_ecs_task_definition" "service" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.execution.arn

  container_definitions = jsonencode([{
    name                   = "service"
    image                  = var.image
    essential              = true
    readonlyRootFilesystem = true
    user                   = "65532"
    portMappings           = [{ containerPort = 8080, protocol = "tcp" }]
    environment            = [{ name = "QUEUE_URL", value = aws_sqs_queue.work.url }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.service.name
        awslogs-region        = var.region
        awslogs-stream-prefix = "service"
      }
    }
  }])
}

resource "aws_ecs_service" "service" {
  name            = var.name
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.service.arn
  desired_count   = var.task_count
  launch_type     = "FARGATE"
  propagate_tags  = "SERVICE"

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [aws_security_group.service.id]
    assign_public_ip = false
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
}

output "service" {
  description = "Name of the service."
  value       = aws_ecs_service.service.name
}

output "queue_url" {
  description = "Queue the service works from."
  value       = aws_sqs_queue.work.url
}

output "logs" {
  description = "Log group."
  value       = aws_cloudwatch_log_group.service.name
}
