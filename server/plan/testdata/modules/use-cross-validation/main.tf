variable "minimum" {
  type    = number
  default = 1
}
variable "maximum" {
  type    = number
  default = 4
  validation {
    condition     = var.maximum >= var.minimum
    error_message = "The maximum ${var.maximum} is below the minimum ${var.minimum}."
  }
  validation {
    condition     = var.maximum <= local.limit
    error_message = "At most ${local.limit}."
  }
}
variable "name" {
  type     = string
  default  = "web-app"
  nullable = false
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.name)) && !startswith(var.name, "-")
    error_message = "Lower case only."
  }
}
locals { limit = 10 }
resource "aws_autoscaling_group" "web" {
  name               = var.name
  min_size           = var.minimum
  max_size           = var.maximum
  desired_capacity   = ceil((var.minimum + var.maximum) / 2)
  availability_zones = ["eu-west-1a", "eu-west-1b"]
  launch_template {
    id      = aws_launch_template.web.id
    version = "$Latest"
  }
  dynamic "tag" {
    for_each = { Name = var.name, Tier = "web" }
    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }
}
resource "aws_launch_template" "web" {
  name_prefix   = "${var.name}-"
  image_id      = "ami-1"
  instance_type = "t3.small"
  dynamic "block_device_mappings" {
    for_each = [{ device = "/dev/xvda", size = 20 }, { device = "/dev/xvdb", size = 100 }]
    content {
      device_name = block_device_mappings.value.device
      ebs {
        volume_size = block_device_mappings.value.size
        volume_type = block_device_mappings.key == 0 ? "gp3" : "st1"
        encrypted   = true
      }
    }
  }
  lifecycle {
    precondition {
      condition     = var.minimum > 0
      error_message = "At least one."
    }
  }
}
