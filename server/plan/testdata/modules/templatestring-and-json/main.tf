locals {
  tpl = "Hello $${name}, %%{if n > 1}many%%{else}one%%{endif}"
  doc = jsondecode(jsonencode({ a = [1, 2, { b = null }], t = true }))
}
output "rendered" { value = templatestring(local.tpl, { name = "Ann", n = 2 }) }
output "doc" { value = local.doc }
output "nested" { value = jsonencode({ for k, v in local.doc : k => jsonencode(v) }) }
