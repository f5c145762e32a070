variable "buckets" {
  type = map(object({
    versioned = optional(bool, true)
    rules = optional(list(object({
      id          = string
      prefix      = optional(string)
      expire_days = optional(number)
      moves       = optional(map(number), {})
    })), [])
  }))
  default = {
    logs = {
      versioned = false
      rules     = [{ id = "old", prefix = "app/", expire_days = 365, moves = { STANDARD_IA = 30, GLACIER = 90 } }, { id = "tmp", expire_days = 7 }]
    }
    data = {}
  }
}
resource "aws_s3_bucket" "bucket" {
  for_each = var.buckets
  bucket   = "acme-${each.key}"
}
resource "aws_s3_bucket_versioning" "bucket" {
  for_each = { for name, bucket in var.buckets : name => bucket if bucket.versioned }
  bucket   = aws_s3_bucket.bucket[each.key].id
  versioning_configuration { status = "Enabled" }
}
resource "aws_s3_bucket_lifecycle_configuration" "bucket" {
  for_each = { for name, bucket in var.buckets : name => bucket if length(bucket.rules) > 0 }
  bucket   = aws_s3_bucket.bucket[each.key].bucket
  dynamic "rule" {
    for_each = each.value.rules
    content {
      id     = rule.value.id
      status = "Enabled"
      filter { prefix = try(rule.value.prefix, null) == null ? "" : rule.value.prefix }
      dynamic "transition" {
        for_each = rule.value.moves
        content {
          storage_class = transition.key
          days          = transition.value
        }
      }
      dynamic "expiration" {
        for_each = rule.value.expire_days[*]
        content { days = expiration.value }
      }
    }
  }
}
resource "aws_s3_bucket_public_access_block" "bucket" {
  for_each                = aws_s3_bucket.bucket
  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
