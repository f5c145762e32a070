variable "administrators" {
  type    = list(string)
  default = ["arn:aws:iam::111111111111:role/admin"]
}
variable "services" {
  type    = map(list(string))
  default = { "logs.eu-west-1.amazonaws.com" = ["kms:Encrypt*", "kms:Decrypt*"], "sns.amazonaws.com" = ["kms:GenerateDataKey*"] }
}
data "aws_iam_policy_document" "key" {
  policy_id = "key"
  statement {
    sid       = "Administrators"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = var.administrators
    }
  }
  dynamic "statement" {
    for_each = var.services
    content {
      sid       = title(replace(split(".", statement.key)[0], "-", ""))
      actions   = statement.value
      resources = ["*"]
      principals {
        type        = "Service"
        identifiers = [statement.key]
      }
      condition {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = ["111111111111"]
      }
    }
  }
}
resource "aws_kms_key" "main" {
  description             = "main"
  deletion_window_in_days = 10
  enable_key_rotation     = true
  policy                  = data.aws_iam_policy_document.key.json
}
resource "aws_kms_alias" "main" {
  for_each      = toset(["alias/main", "alias/backup"])
  name          = each.value
  target_key_id = aws_kms_key.main.key_id
}
resource "aws_sns_topic" "main" {
  name              = "main"
  kms_master_key_id = aws_kms_key.main.arn
}
