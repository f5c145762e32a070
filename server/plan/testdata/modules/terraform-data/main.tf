resource "terraform_data" "a" {
  input            = { name = "x", list = [1, "2"], n = null }
  triggers_replace = [1, "b"]
}
resource "terraform_data" "b" {
  input = terraform_data.a.output
}
resource "terraform_data" "c" {}
resource "terraform_data" "d" {
  count = 2
  input = count.index
}
output "out" { value = terraform_data.a.output }
output "in" { value = terraform_data.a.input }
