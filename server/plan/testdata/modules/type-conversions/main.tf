variable "a" {
  type    = object({ n = number, s = string, l = list(string), t = tuple([string, number]) })
  default = { n = "1", s = 2, l = [1, true], t = [1, "2"], extra = "dropped" }
}
variable "b" {
  type    = set(string)
  default = ["b", "a", "b"]
}
variable "c" {
  type    = any
  default = { x = [1, "a"], y = null }
}
variable "d" {
  type    = list(any)
  default = [1, "two", true]
}
variable "e" {
  type    = map(list(number))
  default = { a = ["1", 2], b = [] }
}
output "a" { value = var.a }
output "b" { value = var.b }
output "c" { value = var.c }
output "d" { value = var.d }
output "e" { value = var.e }
output "f" { value = tolist([1, "2", true]) }
output "g" { value = tomap({ a = 1, b = "x" }) }
output "h" { value = true ? { a = "x", b = 1 } : {} }
output "i" { value = true ? [1, "a"] : ["b", "c"] }
output "j" { value = [for x in toset([3, 1, 2]) : x] }
output "k" { value = "${1 + 1}" }
output "l" { value = tonumber("12.50") }
