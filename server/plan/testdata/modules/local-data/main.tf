data "aws_region" "here" {}
data "aws_partition" "here" {}
data "aws_iam_policy_document" "simple" {
  statement {
    sid       = "Read"
    actions   = ["s3:GetObject", "s3:ListBucket", "s3:GetObject"]
    resources = ["arn:${data.aws_partition.here.partition}:s3:::b/*"]
  }
  statement {
    effect      = "Deny"
    not_actions = ["iam:*"]
    resources   = ["*", "arn:aws:s3:::home/&{aws:username}/*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root", "arn:aws:iam::210987654321:root"]
    }
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}
data "aws_iam_policy_document" "assume" {
  policy_id = "p1"
  version   = "2008-10-17"
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}
data "aws_iam_policy_document" "conditional" {
  statement {
    actions   = ["s3:*"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "aws:RequestedRegion"
      values   = ["eu-west-1"]
    }
  }
}
resource "aws_iam_policy" "p" {
  name   = "p-${data.aws_region.here.name}"
  policy = data.aws_iam_policy_document.simple.json
}
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}
resource "aws_iam_policy" "c" {
  name   = "c"
  policy = data.aws_iam_policy_document.conditional.json
}
output "simple" { value = data.aws_iam_policy_document.simple.json }
output "minified" { value = data.aws_iam_policy_document.simple.minified_json }
output "assume" { value = data.aws_iam_policy_document.assume.json }
output "suffix" { value = data.aws_partition.here.dns_suffix }
output "region" { value = data.aws_region.here.id }
data "aws_iam_policy_document" "conditions" {
  statement {
    actions   = ["s3:*"]
    resources = ["*"]
    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = ["b/*", "a/*", "", "home/&{aws:username}/*"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:RequestedRegion"
      values   = ["eu-west-1"]
    }
    condition {
      test     = "StringLike"
      variable = "aws:x"
      values   = ["c"]
    }
    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = ["z"]
    }
  }
}
data "aws_iam_policy_document" "several" {
  statement {
    actions   = ["s3:*"]
    resources = ["*"]
    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = ["b/*", "a/*", "b/*", 7]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = [false]
    }
    condition {
      test     = "StringLike"
      variable = "aws:x"
      values   = ["c"]
    }
  }
}
output "several" { value = data.aws_iam_policy_document.several.json }
output "conditions" { value = data.aws_iam_policy_document.conditions.json }
output "conditional" { value = data.aws_iam_policy_document.conditional.json }
