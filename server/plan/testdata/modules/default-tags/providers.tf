provider "aws" {
  region = "eu-west-1"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  access_key = "mock"
  secret_key = "mock"
  default_tags {
    tags = {
      Team = "core"
      Cost = 42
    }
  }
}
