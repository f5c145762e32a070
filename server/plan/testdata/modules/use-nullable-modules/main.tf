module "default" { source = "./queue" }
module "null" {
  source  = "./queue"
  name    = null
  delay   = null
  options = { fifo = null, tags = null }
}
module "set" {
  source  = "./queue"
  name    = "set"
  delay   = "30"
  options = { fifo = true, unknown = "dropped" }
}
output "names" { value = [module.default.name, module.null.name, module.set.name] }
output "delays" { value = { default = module.default.delay, null = module.null.delay } }
