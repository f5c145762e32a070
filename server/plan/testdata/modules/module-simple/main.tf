module "net" {
  source = "./net"
  cidr   = "10.1.0.0/16"
  name   = "core"
}
resource "aws_instance" "i" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  subnet_id     = module.net.subnet_ids[0]
  tags          = { Net = module.net.name, Cidr = module.net.cidr }
}
output "cidrs" { value = module.net.cidrs }
