variable "rules" {
  type = list(object({ port = number, cidrs = list(string), note = optional(string) }))
  default = [
    { port = 22, cidrs = ["10.0.0.0/8"] },
    { port = 443, cidrs = ["0.0.0.0/0", "10.0.0.0/8"], note = "tls" },
  ]
}
resource "aws_security_group" "sg" {
  name   = "sg"
  vpc_id = "vpc-1"
  dynamic "ingress" {
    for_each = var.rules
    content {
      from_port   = ingress.value.port
      to_port     = ingress.value.port
      protocol    = "tcp"
      cidr_blocks = ingress.value.cidrs
      description = coalesce(ingress.value.note, "rule ${ingress.key}")
    }
  }
  dynamic "egress" {
    for_each = { all = "0.0.0.0/0" }
    iterator = e
    content {
      from_port   = 0
      to_port     = 0
      protocol    = "-1"
      cidr_blocks = [e.value]
      description = e.key
    }
  }
}
