module "m" {
  source = "./m"
  items  = [{ k = "a", v = 1 }, { k = "b", v = 2 }]
}
module "n" {
  source = "./m"
  items  = [for k, v in module.m.all : { k = "${k}2", v = v * 10 }]
}
output "whole" { value = module.n }
output "sum" { value = sum(values(module.n.all)) }
