variable "l" {
  type    = list(number)
  default = ["a"]
}
output "l" { value = var.l }
