locals {
  sizes = { default = "t3.micro", prod = "m5.large" }
}
resource "aws_instance" "i" {
  ami           = "ami-1"
  instance_type = lookup(local.sizes, terraform.workspace, "t3.nano")
  tags          = { Ws = terraform.workspace, Mod = path.module, Root = path.root }
}
