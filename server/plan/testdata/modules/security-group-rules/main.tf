resource "aws_security_group" "sg" {
  name        = "rules"
  description = "managed"
  vpc_id      = "vpc-1"
}
resource "aws_security_group_rule" "in" {
  for_each          = toset(["22", "80", "443"])
  type              = "ingress"
  from_port         = each.value
  to_port           = tonumber(each.value)
  protocol          = "TCP"
  cidr_blocks       = ["10.0.0.0/8"]
  security_group_id = aws_security_group.sg.id
}
resource "aws_vpc_security_group_ingress_rule" "r" {
  security_group_id = aws_security_group.sg.id
  cidr_ipv4         = "0.0.0.0/0"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
}
resource "aws_vpc_security_group_egress_rule" "all" {
  security_group_id = "sg-1"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}
