variable "peer" {}
output "seed" { value = "seed" }
output "full" { value = "a+${var.peer}" }
