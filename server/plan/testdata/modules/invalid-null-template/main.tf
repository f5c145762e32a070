variable "n" { default = null }
output "x" { value = "a-${var.n}" }
