variable "opt" {
  type    = object({ a = optional(string), b = optional(number) })
  default = { a = null }
}
variable "nn" {
  type     = string
  default  = "d"
  nullable = false
}
resource "aws_instance" "i" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  key_name      = null
  tags          = var.opt.a == null ? null : { A = var.opt.a }
  ebs_optimized = var.opt.b != null ? true : null
}
output "o" { value = { a = var.opt.a, l = [null, 1], m = merge({ x = null }, { y = 1 }), nn = var.nn } }
