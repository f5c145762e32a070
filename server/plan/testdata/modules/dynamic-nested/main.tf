locals {
  routes = {
    a = { stages = [{ name = "x", days = 1 }, { name = "y", days = 30 }] }
    b = { stages = [] }
  }
}
resource "aws_s3_bucket_lifecycle_configuration" "c" {
  bucket = "b"
  dynamic "rule" {
    for_each = local.routes
    content {
      id     = rule.key
      status = "Enabled"
      filter { prefix = "${rule.key}/" }
      dynamic "transition" {
        for_each = rule.value.stages
        content {
          days          = transition.value.days + 30
          storage_class = transition.key == 0 ? "STANDARD_IA" : "GLACIER"
        }
      }
      expiration { days = 365 }
    }
  }
}
