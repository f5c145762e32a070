variable "cidr" { default = "10.20.0.0/16" }
variable "azs" { default = ["eu-west-1a", "eu-west-1b", "eu-west-1c"] }
locals {
  tiers   = { public = 0, private = 1, data = 2 }
  subnets = { for p in setproduct(keys(local.tiers), range(length(var.azs))) : "${p[0]}-${p[1]}" => {
    tier = p[0], az = var.azs[p[1]], cidr = cidrsubnet(var.cidr, 8, local.tiers[p[0]] * 10 + p[1])
  } }
}
resource "aws_vpc" "main" {
  cidr_block           = var.cidr
  enable_dns_hostnames = true
  enable_dns_support   = true
  instance_tenancy     = "default"
  tags                 = { Name = "main" }
}
resource "aws_internet_gateway" "igw" { vpc_id = aws_vpc.main.id }
resource "aws_subnet" "s" {
  for_each                = local.subnets
  vpc_id                  = aws_vpc.main.id
  availability_zone       = each.value.az
  cidr_block              = each.value.cidr
  map_public_ip_on_launch = each.value.tier == "public"
  tags                    = { Name = each.key, Tier = each.value.tier }
}
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.igw.id
  }
}
resource "aws_route_table_association" "public" {
  for_each       = { for k, s in local.subnets : k => s if s.tier == "public" }
  subnet_id      = aws_subnet.s[each.key].id
  route_table_id = aws_route_table.public.id
}
resource "aws_default_security_group" "d" { vpc_id = aws_vpc.main.id }
output "cidrs" { value = { for k, s in aws_subnet.s : k => s.cidr_block } }
