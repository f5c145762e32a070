data "aws_iam_policy_document" "d" {
  statement {
    sid       = "One"
    actions   = ["s3:*"]
    resources = ["*"]
  }
}
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = data.aws_iam_policy_document.d.json
}
resource "aws_iam_policy" "q" {
  name = "q-${length(data.aws_iam_policy_document.d.statement)}"
  policy = "{}"
}
