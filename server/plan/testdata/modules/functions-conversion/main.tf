variable "x" { default = { a = { b = [1, 2] } } }
output "o" {
  value = {
    a = try(var.x.a.b[5], "none"), b = try(var.x.a.c, var.x.a.b), c = can(var.x.z), d = can(tonumber("x")), e = tobool("false"),
    f = tostring(5.0), g = tonumber("1e2"), h = toset([1, 2, 1]), i = tomap({ a = "b" }), j = tolist(toset(["z", "y"])),
    k = try(tonumber("a"), tonumber("7")), l = can(regex("^a", "abc")), m = tostring(null), n = tostring(true)
  }
}
