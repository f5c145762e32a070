locals { by_key = { for i in var.items : i.k => i.v } }
output "all" { value = local.by_key }
output "keys" { value = keys(local.by_key) }
