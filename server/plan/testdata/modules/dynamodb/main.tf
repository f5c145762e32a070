variable "attrs" { default = { id = "S", created = "N" } }
resource "aws_dynamodb_table" "t" {
  name           = "t"
  billing_mode   = "PROVISIONED"
  read_capacity  = 5
  write_capacity = 5
  hash_key       = "id"
  range_key      = "created"
  dynamic "attribute" {
    for_each = var.attrs
    content {
      name = attribute.key
      type = attribute.value
    }
  }
  ttl {
    attribute_name = "exp"
    enabled        = true
  }
  point_in_time_recovery { enabled = true }
  server_side_encryption { enabled = true }
}
