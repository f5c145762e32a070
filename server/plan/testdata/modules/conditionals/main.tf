variable "env" { default = "prod" }
variable "maybe" {
  type    = string
  default = null
}
output "c1" { value = var.env == "prod" ? "big" : "small" }
output "c2" { value = var.maybe == null ? "none" : var.maybe }
output "c3" { value = var.maybe != null ? var.maybe : 5 }
output "c4" { value = true ? null : "x" }
output "c5" { value = var.env == "prod" && !false || false }
output "c6" { value = var.env == "dev" ? [] : ["a", "b"] }
output "c7" { value = var.env == "prod" ? { a = 1 } : { a = "x" } }
output "c8" { value = 5 > 3 ? 5 >= 5 ? "yes" : "no" : "never" }
output "c9" { value = var.env == "prod" ? tolist(["x"]) : tolist([]) }
output "c10" { value = (1 + 2) * 3 - 4 / 2 % 3 }
output "c11" { value = -(-3) }
output "c12" { value = "5" + 3 }
output "c13" { value = "5" == 5 }
output "c14" { value = coalesce(var.maybe, "dflt") }
output "c15" { value = false ? 1 : "a" }
resource "aws_instance" "i" {
  ami                    = "ami-1"
  instance_type          = var.env == "prod" ? "m5.large" : "t3.micro"
  key_name               = var.maybe
  vpc_security_group_ids = var.maybe == null ? ["sg-2", "sg-1"] : []
}
