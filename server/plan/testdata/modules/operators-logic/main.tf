variable "n" { default = 5 }
output "o" {
  value = {
    a = var.n > 3 && var.n < 10, b = var.n == 5 || var.n == 6, c = !(var.n != 5), d = var.n >= 5 == true,
    e = [1, 2] == [1, 2], f = { a = 1 } == { a = 1 }, g = "a" != "b", h = null == null, i = tolist(["a"]) == ["a"],
    j = 1 == 1.0, k = "1" == 1, l = true == "true", m = [] == tolist([]), n = toset(["a", "b"]) == toset(["b", "a"])
  }
}
