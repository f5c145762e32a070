resource "aws_s3_bucket" "b" {
  bucket = "acme-complete"
}
resource "aws_s3_bucket_public_access_block" "p" {
  bucket                  = aws_s3_bucket.b.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
resource "aws_s3_bucket_server_side_encryption_configuration" "e" {
  bucket = aws_s3_bucket.b.bucket
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.k.arn
    }
    bucket_key_enabled = true
  }
}
resource "aws_kms_key" "k" {
  description             = "k"
  deletion_window_in_days = 7
  enable_key_rotation     = true
}
resource "aws_s3_bucket_policy" "p" {
  bucket = aws_s3_bucket.b.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = ["${aws_s3_bucket.b.arn}/*"] }]
  })
}
resource "aws_s3_bucket_cors_configuration" "c" {
  bucket = "acme-complete"
  cors_rule {
    allowed_methods = ["PUT", "GET"]
    allowed_origins = ["https://b.example", "https://a.example"]
    max_age_seconds = 3000
  }
}
