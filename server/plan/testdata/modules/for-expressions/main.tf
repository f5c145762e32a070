locals {
  users = [
    { name = "ann", role = "admin", age = 30 },
    { name = "bob", role = "dev", age = 25 },
    { name = "cyd", role = "dev", age = 41 },
  ]
}
output "f1" { value = { for u in local.users : u.name => u.age } }
output "f2" { value = { for u in local.users : u.role => u.name... } }
output "f3" { value = [for i, u in local.users : "${i}:${u.name}" if u.age > 26] }
output "f4" { value = { for k, v in { a = 1, b = 2 } : upper(k) => v * 2 } }
output "f5" { value = [for k, v in { z = 1, a = 2 } : k] }
output "f6" { value = [for x in toset(["b", "a"]) : x] }
output "f7" { value = { for i, v in ["x", "y"] : i => v } }
output "f8" { value = [for x in [1, 2] : [for y in [10, 20] : x * y]] }
output "f9" { value = { for u in local.users : u.name => { for k, v in u : k => v if k != "name" } } }
output "f10" { value = sum([for u in local.users : u.age]) }
