variable "instance_type" {
  type        = string
  description = "Machine type."
}

variable "disk_gb" {
  type        = number
  description = "Size of the home disk."

  validation {
    condition     = var.disk_gb >= 20 && var.disk_gb <= 1000
    error_message = "Between 20 and 1000 GB."
  }
}

variable "idle_minutes" {
  type        = number
  description = "Minutes without work after which the machine is stopped."
  default     = 60
}

# No ingress at all: Session Manager needs none.
resource "aws_security_group" "workstation" {
  name        = "${var.name}-workstation"
  description = "Workstation ${var.name}: no way in"
  vpc_id      = aws_vpc.main.id

  tags = { Name = "${var.name}-workstation" }
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.workstation.id
  description       = "HTTPS inside the network, to the endpoints"
  cidr_ipv4         = var.vpc_cidr
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

# The newest Amazon Linux, as AWS itself publishes it.
data "aws_ssm_parameter" "image" {
  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
}

resource "aws_instance" "workstation" {
  ami                         = data.aws_ssm_parameter.image.insecure_value
  instance_type               = var.instance_type
  subnet_id                   = aws_subnet.private[0].id
  vpc_security_group_ids      = [aws_security_group.workstation.id]
  iam_instance_profile        = aws_iam_instance_profile.machine.name
  associate_public_ip_address = false

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }

  root_block_device {
    volume_type           = "gp3"
    volume_size           = 30
    encrypted             = true
    delete_on_termination = true
  }

  tags = { Name = "${var.name}-workstation" }

  # A newer image is no reason to replace a machine that runs.
  lifecycle {
    ignore_changes = [ami]
  }
}

resource "aws_ebs_volume" "home" {
  availability_zone = local.zones[0]
  type              = "gp3"
  size              = var.disk_gb
  encrypted         = true

  tags = { Name = "${var.name}-home" }
}

resource "aws_volume_attachment" "home" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.home.id
  instance_id = aws_instance.workstation.id
}

# A forgotten machine stops itself; starting it again takes a minute and keeps the disk.
resource "aws_cloudwatch_metric_alarm" "idle" {
  alarm_name          = "${var.name}-idle"
  alarm_description   = "Stops the workstation after ${var.idle_minutes} minutes without work."
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Maximum"
  comparison_operator = "LessThanThreshold"
  threshold           = 3
  period              = 300
  evaluation_periods  = ceil(var.idle_minutes / 5)
  alarm_actions       = ["arn:aws:automate:${var.region}:ec2:stop"]

  dimensions = {
    InstanceId = aws_instance.workstation.id
  }
}

output "instance_id" {
  description = "Id to connect to."
  value       = aws_instance.workstation.id
}

output "connect_command" {
  description = "Opens a shell through Session Manager."
  value       = "aws ssm start-session --region ${var.region} --target ${aws_instance.workstation.id}"
}
