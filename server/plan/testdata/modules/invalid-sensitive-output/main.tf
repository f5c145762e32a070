variable "p" {
  sensitive = true
  default   = "x"
}
output "x" { value = var.p }
