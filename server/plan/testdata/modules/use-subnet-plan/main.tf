variable "vpc" {
  type = object({
    cidr  = string
    zones = optional(list(string), ["a", "b", "c"])
    tiers = optional(map(object({
      newbits = optional(number, 4)
      public  = optional(bool, false)
    })), { public = { public = true }, private = {} })
  })
  default = { cidr = "10.20.0.0/16" }
}
locals {
  pairs = [for index, pair in setproduct(sort(keys(var.vpc.tiers)), var.vpc.zones) : {
    key   = join("-", pair)
    tier  = pair[0]
    zone  = "eu-west-1${pair[1]}"
    index = index
  }]
  subnets = { for pair in local.pairs : pair.key => merge(pair, {
    cidr   = cidrsubnet(var.vpc.cidr, var.vpc.tiers[pair.tier].newbits, pair.index)
    public = var.vpc.tiers[pair.tier].public
  }) }
  by_tier = { for key, subnet in local.subnets : subnet.tier => key... }
  blocks  = cidrsubnets(var.vpc.cidr, 4, 4, 8, 8)
}
resource "aws_vpc" "main" {
  cidr_block           = var.vpc.cidr
  enable_dns_hostnames = true
}
resource "aws_subnet" "tier" {
  for_each                = local.subnets
  vpc_id                  = aws_vpc.main.id
  cidr_block              = each.value.cidr
  availability_zone       = each.value.zone
  map_public_ip_on_launch = each.value.public
  tags                    = { Name = each.key, Tier = title(each.value.tier) }
}
resource "aws_route_table" "tier" {
  for_each = toset(keys(local.by_tier))
  vpc_id   = aws_vpc.main.id
  dynamic "route" {
    for_each = var.vpc.tiers[each.key].public ? [1] : []
    content {
      cidr_block = "0.0.0.0/0"
      gateway_id = aws_internet_gateway.main[0].id
    }
  }
}
resource "aws_internet_gateway" "main" {
  count  = anytrue([for tier in values(var.vpc.tiers) : tier.public]) ? 1 : 0
  vpc_id = aws_vpc.main.id
}
resource "aws_route_table_association" "tier" {
  for_each       = local.subnets
  subnet_id      = aws_subnet.tier[each.key].id
  route_table_id = aws_route_table.tier[each.value.tier].id
}
output "by_tier" { value = local.by_tier }
output "blocks" { value = local.blocks }
output "hosts" { value = [for subnet in values(local.subnets) : cidrhost(subnet.cidr, 10)] }
