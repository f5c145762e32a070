variable "settings" {
  type    = any
  default = { db = { port = 5432 }, hosts = ["a"] }
}
resource "aws_vpc" "v" { cidr_block = try(var.settings.net.cidr, "10.9.0.0/16") }
output "o" {
  value = {
    a = try(var.settings.db.port, 1), b = try(var.settings.db.host, "localhost"), c = can(var.settings.hosts[3]),
    d = try(tostring(var.settings.db), "not a string"), e = try(local.missing_ok.a.b, null), f = try(aws_vpc.v.cidr_block, "x")
  }
}
locals { missing_ok = { a = {} } }
