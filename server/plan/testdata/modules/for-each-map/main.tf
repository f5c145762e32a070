locals {
  buckets = {
    logs   = { versioned = false, days = 30 }
    assets = { versioned = true, days = 365 }
  }
}
resource "aws_s3_bucket" "b" {
  for_each      = local.buckets
  bucket        = "acme-${each.key}"
  force_destroy = !each.value.versioned
  tags          = { Retention = each.value.days }
}
resource "aws_s3_bucket_versioning" "v" {
  for_each = { for k, v in local.buckets : k => v if v.versioned }
  bucket   = aws_s3_bucket.b[each.key].bucket
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_bucket_lifecycle_configuration" "l" {
  for_each = local.buckets
  bucket   = aws_s3_bucket.b[each.key].bucket
  rule {
    id     = "expire"
    status = "Enabled"
    filter { prefix = "" }
    expiration { days = each.value.days }
  }
}
output "names" { value = { for k, b in aws_s3_bucket.b : k => b.bucket } }
