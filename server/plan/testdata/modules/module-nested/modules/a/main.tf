variable "env" {}
module "b" {
  source = "../b"
  for_each = toset(["x", "y"])
  key    = each.value
  env    = var.env
}
output "deep" { value = { for k, b in module.b : k => b.deep } }
output "path" { value = path.module }
