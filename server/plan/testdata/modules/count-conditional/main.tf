variable "create" { default = true }
variable "ha" { default = false }
resource "aws_eip" "nat" {
  count  = var.create ? (var.ha ? 3 : 1) : 0
  domain = "vpc"
}
resource "aws_nat_gateway" "gw" {
  count         = length(aws_eip.nat)
  allocation_id = aws_eip.nat[count.index].id
  subnet_id     = "subnet-${count.index}"
}
resource "aws_cloudwatch_log_group" "none" {
  count = var.ha ? 1 : 0
  name  = "none"
}
output "eips" { value = length(aws_eip.nat) }
output "none" { value = one(aws_cloudwatch_log_group.none[*].name) }
output "maybe" { value = try(aws_cloudwatch_log_group.none[0].name, "fallback") }
