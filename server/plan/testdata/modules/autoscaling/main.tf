resource "aws_launch_template" "lt" {
  name_prefix   = "lt-"
  image_id      = "ami-1"
  instance_type = "t3.small"
  user_data     = base64encode("#!/bin/sh\necho hi\n")
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size           = 20
      encrypted             = true
      delete_on_termination = "true"
    }
  }
  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "lt" }
  }
  metadata_options { http_tokens = "required" }
}
resource "aws_autoscaling_group" "asg" {
  name                = "asg"
  min_size            = 1
  max_size            = 3
  desired_capacity    = 2
  vpc_zone_identifier = ["subnet-b", "subnet-a"]
  launch_template {
    id      = aws_launch_template.lt.id
    version = "$Latest"
  }
  dynamic "tag" {
    for_each = { Name = "asg", Team = "x" }
    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }
}
