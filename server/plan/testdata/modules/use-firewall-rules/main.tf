variable "rules" {
  type = list(object({
    description = optional(string, "managed")
    ports       = any
    protocol    = optional(string, "tcp")
    cidrs       = optional(list(string), [])
    self        = optional(bool)
  }))
  default = [
    { ports = [80, 443], cidrs = ["0.0.0.0/0"] },
    { ports = [5432], self = true, description = "database" },
    { ports = [8000], protocol = "udp", cidrs = ["10.0.0.0/8", "192.168.0.0/16"] },
  ]
}
locals {
  flat = flatten([for rule in var.rules : [for port in rule.ports : merge(rule, { port = tonumber(port) })]])
}
resource "aws_security_group" "main" {
  name_prefix = "main-"
  vpc_id      = "vpc-12345678"
  dynamic "ingress" {
    for_each = local.flat
    iterator = rule
    content {
      description = coalesce(rule.value.description, "none")
      from_port   = rule.value.port
      to_port     = rule.value.port
      protocol    = rule.value.protocol
      cidr_blocks = rule.value.cidrs
      self        = rule.value.self
    }
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
  lifecycle { create_before_destroy = true }
}
resource "aws_vpc_security_group_ingress_rule" "one" {
  for_each          = { for index, rule in local.flat : format("%02d-%s-%d", index, rule.protocol, rule.port) => rule if length(rule.cidrs) > 0 }
  security_group_id = aws_security_group.main.id
  cidr_ipv4         = one(slice(each.value.cidrs, 0, 1))
  from_port         = each.value.port
  to_port           = each.value.port
  ip_protocol       = each.value.protocol
}
output "ports" { value = distinct(local.flat[*].port) }
