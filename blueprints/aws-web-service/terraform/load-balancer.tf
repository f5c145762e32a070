variable "allowed_cidr" {
  type        = string
  description = "Network that may call the service."
  default     = "10.0.0.0/8"

  validation {
    condition     = !contains(["0.0.0.0/0", "::/0"], var.allowed_cidr)
    error_message = "The service is internal: name the network that needs it."
  }
}

variable "certificate_arn" {
  type        = string
  description = "ACM certificate for HTTPS; empty for plain HTTP inside the network."
  default     = ""
}

locals {
  listener_port = var.certificate_arn == "" ? 80 : 443
}

resource "aws_security_group" "load_balancer" {
  name        = "${var.name}-lb"
  description = "Callers of ${var.name}"
  vpc_id      = aws_vpc.main.id

  tags = { Name = "${var.name}-lb" }
}

resource "aws_vpc_security_group_ingress_rule" "callers" {
  security_group_id = aws_security_group.load_balancer.id
  description       = "Callers from the named network"
  cidr_ipv4         = var.allowed_cidr
  ip_protocol       = "tcp"
  from_port         = local.listener_port
  to_port           = local.listener_port
}

resource "aws_vpc_security_group_egress_rule" "to_application" {
  security_group_id            = aws_security_group.load_balancer.id
  description                  = "To the application only"
  referenced_security_group_id = aws_security_group.application.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
}

resource "aws_lb" "main" {
  name                       = substr(var.name, 0, 32)
  internal                   = true
  load_balancer_type         = "application"
  security_groups            = [aws_security_group.load_balancer.id]
  subnets                    = aws_subnet.private[*].id
  drop_invalid_header_fields = true
  enable_deletion_protection = local.is_production
}

resource "aws_lb_target_group" "application" {
  name        = "${substr(var.name, 0, 28)}-app"
  port        = 8080
  protocol    = "HTTP"
  target_type = "instance"
  vpc_id      = aws_vpc.main.id

  health_check {
    path                = "/health"
    matcher             = "200"
    interval            = 15
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }
}

resource "aws_lb_target_group_attachment" "application" {
  count = var.instance_count

  target_group_arn = aws_lb_target_group.application.arn
  target_id        = aws_instance.application[count.index].id
  port             = 8080
}

resource "aws_lb_listener" "main" {
  load_balancer_arn = aws_lb.main.arn
  port              = local.listener_port
  protocol          = var.certificate_arn == "" ? "HTTP" : "HTTPS"
  certificate_arn   = var.certificate_arn == "" ? null : var.certificate_arn
  ssl_policy        = var.certificate_arn == "" ? null : "ELBSecurityPolicy-TLS13-1-2-2021-06"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.application.arn
  }
}
