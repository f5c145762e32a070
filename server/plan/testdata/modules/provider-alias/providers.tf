provider "aws" {
  region = "eu-west-1"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  access_key = "mock"
  secret_key = "mock"
  default_tags {
    tags = { Owner = "platform", Env = "base" }
  }
}
provider "aws" {
  alias  = "us"
  region = var.us_region
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  access_key = "mock"
  secret_key = "mock"
  default_tags {
    tags = merge(local.us_tags, { Region = var.us_region })
  }
}
