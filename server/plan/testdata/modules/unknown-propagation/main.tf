resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "s" {
  for_each          = { a = 0, b = 1 }
  vpc_id            = aws_vpc.v.id
  cidr_block        = cidrsubnet("10.0.0.0/16", 4, each.value)
  availability_zone = "eu-west-1${each.key}"
  tags              = { Vpc = aws_vpc.v.id, Zone = each.key }
}
resource "aws_instance" "i" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  subnet_id     = aws_subnet.s["a"].id
  user_data     = "echo ${aws_vpc.v.arn}"
  vpc_security_group_ids = [aws_security_group.g.id, "sg-fixed"]
}
resource "aws_security_group" "g" {
  name_prefix = "g-"
  vpc_id      = aws_vpc.v.id
  ingress {
    from_port       = 80
    to_port         = 80
    protocol        = "tcp"
    security_groups = [aws_security_group.h.id]
    self            = false
    description     = ""
    cidr_blocks      = []
    ipv6_cidr_blocks = []
    prefix_list_ids  = []
  }
}
resource "aws_security_group" "h" { name = "h" }
output "ids" { value = [for s in aws_subnet.s : s.id] }
output "zones" { value = { for k, s in aws_subnet.s : k => s.availability_zone } }
output "mixed" { value = { id = aws_vpc.v.id, cidr = aws_vpc.v.cidr_block } }
output "vpc" { value = aws_vpc.v.enable_dns_hostnames }
output "cond" { value = aws_vpc.v.id == "x" ? 1 : 2 }
output "json" { value = jsonencode({ id = aws_vpc.v.id }) }
output "len" { value = length([aws_vpc.v.id, "b"]) }
output "tried" { value = try(aws_vpc.v.id, "x") }
output "list" { value = concat([aws_vpc.v.id], ["known"]) }
output "look" { value = lookup({ a = aws_vpc.v.id, b = "k" }, "b") }
output "contains" { value = contains(["k", aws_vpc.v.id], "k") }
