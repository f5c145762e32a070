module "a" {
  source = "./a"
  peer   = module.b.name
}
module "b" {
  source = "./b"
  seed   = module.a.seed
}
output "a" { value = module.a.full }
output "b" { value = module.b.full }
