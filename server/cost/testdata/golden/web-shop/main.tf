variable "zones" {
  default = ["a", "b"]
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "archive"
  region = "us-east-1"
}

resource "aws_security_group" "web" {
  name = "web"
}

resource "aws_instance" "web" {
  for_each               = toset(var.zones)
  ami                    = "ami-1"
  instance_type          = "m5.large"
  availability_zone      = "eu-west-1${each.key}"
  vpc_security_group_ids = [aws_security_group.web.id]

  root_block_device {
    volume_type = "gp3"
    volume_size = 50
  }
}

resource "aws_lb" "web" {
  load_balancer_type = "application"
}

resource "aws_db_instance" "orders" {
  provider          = aws.archive
  engine            = "postgres"
  instance_class    = "db.m5.large"
  storage_type      = "gp3"
  allocated_storage = 100
}

resource "aws_s3_bucket" "archive" {
  provider = aws.archive
  bucket   = "archive"
}

resource "aws_sqs_queue" "orders" {
  provider = aws.archive
}
