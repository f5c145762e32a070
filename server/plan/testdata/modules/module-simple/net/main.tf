variable "cidr" { type = string }
variable "name" { type = string }
variable "subnets" {
  type    = number
  default = 2
}
resource "aws_vpc" "v" {
  cidr_block = var.cidr
  tags       = { Name = var.name }
}
resource "aws_subnet" "s" {
  count      = var.subnets
  vpc_id     = aws_vpc.v.id
  cidr_block = cidrsubnet(aws_vpc.v.cidr_block, 8, count.index)
}
output "subnet_ids" { value = aws_subnet.s[*].id }
output "cidrs" { value = aws_subnet.s[*].cidr_block }
output "name" { value = "${var.name}-net" }
output "cidr" { value = aws_vpc.v.cidr_block }
