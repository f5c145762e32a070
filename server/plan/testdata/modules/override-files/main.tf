variable "size" { default = "t3.micro" }
locals { name = "base" }
resource "aws_instance" "i" {
  ami           = "ami-base"
  instance_type = var.size
  root_block_device { volume_size = 8 }
  tags = { A = "1" }
}
output "name" { value = local.name }
