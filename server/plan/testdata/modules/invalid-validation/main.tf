variable "n" {
  default = 5
  validation {
    condition     = var.n > 10
    error_message = "must be more than 10"
  }
}
output "n" { value = var.n }
