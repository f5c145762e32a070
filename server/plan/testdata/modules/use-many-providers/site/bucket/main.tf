variable "name" { type = string }
resource "aws_s3_bucket" "bucket" {
  bucket        = "site-${var.name}"
  force_destroy = true
}
