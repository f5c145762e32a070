variable "us_region" { default = "us-east-1" }
locals { us_tags = { Owner = "us-team" } }
resource "aws_s3_bucket" "eu" {
  bucket = "eu-bucket"
  tags   = { Env = "own" }
}
resource "aws_s3_bucket" "us" {
  provider = aws.us
  bucket   = "us-bucket"
}
resource "aws_sns_topic" "plain" {
  name = "plain"
}
module "child" {
  source    = "./child"
  providers = { aws = aws.us, aws.other = aws }
}
