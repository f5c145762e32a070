locals {
  teams = { red = { size = 1 }, blue = { size = 2 } }
}
module "team" {
  source   = "./team"
  for_each = local.teams
  name     = each.key
  settings = each.value
}
output "all" { value = { for k, m in module.team : k => m.users } }
output "red" { value = module.team["red"].users }
output "flat" { value = flatten(values(module.team)[*].users) }
