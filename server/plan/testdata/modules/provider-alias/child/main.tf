terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.other]
    }
  }
}
resource "aws_sqs_queue" "main" {
  name = "child"
  tags = { Name = "child" }
}
resource "aws_sqs_queue" "other" {
  provider = aws.other
  name     = "other"
}
module "grand" {
  source = "./grand"
}
