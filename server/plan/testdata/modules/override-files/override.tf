variable "size" { default = "m5.large" }
locals { name = "overridden" }
resource "aws_instance" "i" {
  ami = "ami-override"
  root_block_device { volume_size = 50 }
}
