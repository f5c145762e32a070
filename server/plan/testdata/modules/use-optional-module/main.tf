variable "with_cache" {
  type    = bool
  default = true
}
variable "with_search" {
  type    = bool
  default = false
}
module "cache" {
  source = "./cache"
  count  = var.with_cache ? 1 : 0
  name   = "sessions"
}
module "search" {
  source     = "./cache"
  for_each   = var.with_search ? toset(["search"]) : toset([])
  name       = each.key
  depends_on = [module.cache]
}
locals {
  cache_name  = one(module.cache[*].name)
  search_name = try(module.search["search"].name, "none")
  sizes       = concat(module.cache[*].size, [for found in module.search : found.size])
}
resource "aws_ssm_parameter" "cache" {
  count = local.cache_name == null ? 0 : 1
  name  = "/cache"
  type  = "String"
  value = jsonencode({ cache = local.cache_name, search = local.search_name, first = element(local.sizes, 3) })
}
output "sizes" { value = local.sizes }
