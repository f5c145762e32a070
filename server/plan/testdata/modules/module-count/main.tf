module "q" {
  source = "./queue"
  count  = 2
  name   = "q${count.index}"
}
module "none" {
  source = "./queue"
  count  = 0
  name   = "x"
}
output "names" { value = module.q[*].name }
output "second" { value = module.q[1].full }
output "none" { value = length(module.none) }
