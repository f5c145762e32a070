variable "cidr" {
  type = string
  default = "10.0.0.0/16"
  validation {
    condition     = can(cidrhost(var.cidr, 0)) && tonumber(split("/", var.cidr)[1]) <= 24
    error_message = "Must be a network of at most /24, not ${var.cidr}."
  }
}
variable "size" {
  type    = string
  default = "m"
  nullable = false
  validation {
    condition     = contains(["s", "m", "l"], var.size)
    error_message = "s, m or l."
  }
  validation {
    condition     = length(regexall("^[a-z]$", var.size)) > 0
    error_message = "One letter."
  }
}
resource "aws_vpc" "v" {
  cidr_block = var.cidr
  lifecycle {
    precondition {
      condition     = var.size != "s"
      error_message = "too small"
    }
    create_before_destroy = true
    ignore_changes        = [tags]
  }
}
