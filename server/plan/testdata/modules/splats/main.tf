locals {
  people = [{ name = "ann", tags = ["x", "y"] }, { name = "bob", tags = [] }]
  single = { name = "solo" }
  none   = null
}
output "s1" { value = local.people[*].name }
output "s2" { value = local.people.*.name }
output "s3" { value = local.people[*].tags[*] }
output "s4" { value = local.people[*].tags }
output "s5" { value = local.single[*].name }
output "s6" { value = local.none[*] }
output "s7" { value = local.people.0.name }
output "s8" { value = [for p in local.people : p.tags[0] if length(p.tags) > 0] }
output "s9" { value = flatten(local.people[*].tags) }
output "s10" { value = local.people.*.tags[0] }
