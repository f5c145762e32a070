resource "aws_security_group" "s" {
  name = "s"
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["10.1.0.0/16", "10.0.0.0/16"]
  }
}
resource "aws_instance" "i" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  ebs_block_device {
    device_name = "/dev/sdz"
    volume_size = 5
  }
  ebs_block_device {
    device_name = "/dev/sda"
    volume_size = "6"
    encrypted   = true
  }
  credit_specification { cpu_credits = "unlimited" }
}
