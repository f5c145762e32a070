provider "aws" {
  alias                       = "us"
  region                      = "us-east-1"
  access_key                  = "mock"
  secret_key                  = "mock"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
  default_tags {
    tags = { Region = "us" }
  }
}
module "site" {
  source    = "./site"
  providers = { aws = aws, aws.edge = aws.us }
  names     = ["a", "b"]
}
resource "aws_sns_topic" "here" { name = "here" }
resource "aws_sns_topic" "there" {
  provider = aws.us
  name     = "there"
}
output "certificates" { value = module.site.domains }
