/** A module of one disk, which the policies let through. */
export const diskModule = `
provider "aws" {
  region = "eu-central-1"
  default_tags { tags = { owner = "maya", cost-center = "cc-1" } }
}
resource "aws_ebs_volume" "disk" {
  availability_zone = "eu-central-1a"
  size              = 10
  type              = "gp3"
  encrypted         = true
}`;
