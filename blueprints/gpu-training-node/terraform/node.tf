variable "instance_type" {
  type        = string
  description = "GPU machine type."

  validation {
    condition     = can(regex("^(g4dn|g5|g6|g6e|p3|p4d|p5)\\.", var.instance_type))
    error_message = "Use a machine with an NVIDIA GPU: g4dn, g5, g6, g6e, p3, p4d or p5."
  }
}

variable "dataset_gb" {
  type        = number
  description = "Size of the disk for data and checkpoints."

  validation {
    condition     = var.dataset_gb >= 50 && var.dataset_gb <= 4000
    error_message = "Between 50 and 4000 GB."
  }
}

variable "use_spot" {
  type        = bool
  description = "Spot capacity: cheaper, and may be taken back at two minutes' notice."
  default     = false
}

# No ingress: shells and notebooks go through Session Manager's port forwarding.
resource "aws_security_group" "node" {
  name        = "${var.name}-gpu"
  description = "GPU node ${var.name}: no way in"
  vpc_id      = aws_vpc.main.id

  tags = { Name = "${var.name}-gpu" }
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.node.id
  description       = "HTTPS inside the network, to the endpoints"
  cidr_ipv4         = var.vpc_cidr
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

# Data sets and checkpoints come from S3 without leaving the network.
resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.${var.region}.s3"
  vpc_endpoint_type = "Gateway"
}

# The newest Amazon Linux with NVIDIA's driver and a container runtime, as AWS itself publishes it.
data "aws_ssm_parameter" "image" {
  name = "/aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id"
}

resource "aws_instance" "node" {
  ami                         = data.aws_ssm_parameter.image.insecure_value
  instance_type               = var.instance_type
  subnet_id                   = aws_subnet.private[0].id
  vpc_security_group_ids      = [aws_security_group.node.id]
  iam_instance_profile        = aws_iam_instance_profile.machine.name
  associate_public_ip_address = false
  ebs_optimized               = true

  dynamic "instance_market_options" {
    for_each = var.use_spot ? ["spot"] : []

    content {
      market_type = instance_market_options.value

      spot_options {
        instance_interruption_behavior = "terminate"
        spot_instance_type             = "one-time"
      }
    }
  }

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }

  root_block_device {
    volume_type           = "gp3"
    volume_size           = 100
    encrypted             = true
    delete_on_termination = true
  }

  tags = { Name = "${var.name}-gpu" }

  # A newer image is no reason to replace a node that runs.
  lifecycle {
    ignore_changes = [ami]
  }
}

resource "aws_ebs_volume" "dataset" {
  availability_zone = local.zones[0]
  type              = "gp3"
  size              = var.dataset_gb
  iops              = 6000
  throughput        = 500
  encrypted         = true

  tags = { Name = "${var.name}-dataset" }
}

resource "aws_volume_attachment" "dataset" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.dataset.id
  instance_id = aws_instance.node.id
}

output "instance_id" {
  description = "Id of the node."
  value       = aws_instance.node.id
}

output "connect_command" {
  description = "Opens a shell through Session Manager."
  value       = "aws ssm start-session --region ${var.region} --target ${aws_instance.node.id}"
}

output "notebook_command" {
  description = "Forwards a notebook's port to this computer."
  value       = "aws ssm start-session --region ${var.region} --target ${aws_instance.node.id} --document-name AWS-StartPortForwardingSession --parameters portNumber=8888,localPortNumber=8888"
}
