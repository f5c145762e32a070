resource "aws_instance" "a" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  tags          = { Name = "a", Cost = "7" }
  root_block_device {
    volume_size = "30"
    encrypted   = true
    tags        = { R = true }
  }
}
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_dynamodb_table" "t" {
  name         = "t"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  tags = {}
}
resource "aws_eip" "e" { domain = "vpc" }
output "all" { value = aws_instance.a.tags_all }
