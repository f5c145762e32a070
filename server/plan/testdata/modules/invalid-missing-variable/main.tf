variable "needed" { type = string }
output "n" { value = var.needed }
