variable "env" {}
variable "key" {}
module "c" {
  source = "./c"
  count  = var.key == "x" ? 2 : 1
  label  = join("/", [var.env, var.key, count.index])
}
output "deep" { value = module.c[*].arn_suffix }
