variable "keep_old_versions" {
  type        = bool
  description = "Whether overwritten and deleted files can be brought back."
  default     = true
}

resource "aws_s3_bucket" "main" {
  bucket_prefix = "${substr(var.name, 0, 30)}-"
  force_destroy = !local.is_production
}

resource "aws_s3_bucket_public_access_block" "main" {
  bucket                  = aws_s3_bucket.main.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "main" {
  bucket = aws_s3_bucket.main.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "main" {
  bucket = aws_s3_bucket.main.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_versioning" "main" {
  bucket = aws_s3_bucket.main.id

  versioning_configuration {
    status = var.keep_old_versions ? "Enabled" : "Suspended"
  }
}

resource "aws_s3_bucket_policy" "main" {
  bucket = aws_s3_bucket.main.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.main.arn, "${aws_s3_bucket.main.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })

  depends_on = [aws_s3_bucket_public_access_block.main]
}

output "bucket" {
  description = "Name of the bucket."
  value       = aws_s3_bucket.main.id
}

output "arn" {
  description = "What policies that give access name."
  value       = aws_s3_bucket.main.arn
}

output "upload_command" {
  description = "Copies a folder into the bucket."
  value       = "aws s3 sync ./files s3://${aws_s3_bucket.main.id}"
}
