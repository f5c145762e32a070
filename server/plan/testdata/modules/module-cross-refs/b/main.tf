variable "seed" {}
output "name" { value = "b" }
output "full" { value = "b+${var.seed}" }
