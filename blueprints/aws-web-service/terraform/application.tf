variable "instance_type" {
  type        = string
  description = "Machine type of the application."
}

variable "instance_count" {
  type        = number
  description = "How many machines."

  validation {
    condition     = var.instance_count >= 1 && var.instance_count <= 10
    error_message = "Between 1 and 10 machines."
  }
}

variable "disk_gb" {
  type        = number
  description = "Disk of each machine."
  default     = 30
}

resource "aws_security_group" "application" {
  name        = "${var.name}-app"
  description = "Machines of ${var.name}"
  vpc_id      = aws_vpc.main.id

  tags = { Name = "${var.name}-app" }
}

resource "aws_vpc_security_group_ingress_rule" "from_load_balancer" {
  security_group_id            = aws_security_group.application.id
  description                  = "From the load balancer only"
  referenced_security_group_id = aws_security_group.load_balancer.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
}

resource "aws_vpc_security_group_egress_rule" "to_network" {
  security_group_id = aws_security_group.application.id
  description       = "Inside the network"
  cidr_ipv4         = var.vpc_cidr
  ip_protocol       = "tcp"
  from_port         = 0
  to_port           = 65535
}

# The newest Amazon Linux, as AWS itself publishes it.
data "aws_ssm_parameter" "image" {
  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
}

resource "aws_instance" "application" {
  count = var.instance_count

  ami                         = data.aws_ssm_parameter.image.insecure_value
  instance_type               = var.instance_type
  subnet_id                   = aws_subnet.private[count.index % length(aws_subnet.private)].id
  vpc_security_group_ids      = [aws_security_group.application.id]
  iam_instance_profile        = aws_iam_instance_profile.machine.name
  associate_public_ip_address = false
  monitoring                  = local.is_production

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }

  root_block_device {
    volume_type           = "gp3"
    volume_size           = var.disk_gb
    encrypted             = true
    delete_on_termination = true
  }

  tags = { Name = "${var.name}-app-${count.index + 1}" }

  # A newer image is no reason to replace a machine that runs.
  lifecycle {
    ignore_changes = [ami]
  }
}
