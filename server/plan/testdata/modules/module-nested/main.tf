module "a" {
  source = "./modules/a"
  env    = "stage"
}
output "deep" { value = module.a.deep }
output "path" { value = module.a.path }
