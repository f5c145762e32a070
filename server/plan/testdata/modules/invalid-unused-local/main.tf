locals {
  mixed = regex("^(a)(?P<b>b)$", "ab")
}
output "nothing" { value = "here" }
