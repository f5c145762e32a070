locals {
  config = jsondecode(file("${path.module}/config.json"))
  yaml   = yamldecode(file("${path.module}/deploy.yaml"))
  csv    = csvdecode(file("users.csv"))
}
resource "aws_s3_object" "f" {
  for_each = fileset("${path.module}/site", "**/*.html")
  bucket   = "b"
  key      = each.value
  source   = "${path.module}/site/${each.value}"
  etag     = filemd5("${path.module}/site/${each.value}")
}
resource "aws_iam_user" "u" {
  for_each = { for u in local.csv : u.name => u }
  name     = each.key
  tags     = { Role = each.value.role }
}
resource "aws_lambda_function" "fn" {
  function_name    = "fn"
  role             = "arn:aws:iam::123456789012:role/x"
  runtime          = local.config.runtime
  memory_size      = local.config.memory
  handler          = "index.handler"
  filename         = "${path.module}/fn.zip"
  source_code_hash = filebase64sha256("${path.module}/fn.zip")
  environment {
    variables = { for k, v in local.yaml.env : upper(k) => v }
  }
}
output "yaml" { value = local.yaml }
output "sets" {
  value = {
    all   = fileset(path.module, "site/*")
    deep  = fileset("${path.module}/site", "**")
    brace = fileset(path.module, "*.{json,yaml}")
    one   = fileset(path.module, "?sers.csv")
    cls   = fileset(path.module, "[a-d]*.json")
  }
}
output "exists" { value = [fileexists("${path.module}/config.json"), fileexists("${path.module}/nope")] }
output "b64" { value = filebase64("${path.module}/users.csv") }
output "sha" { value = filesha256("${path.module}/users.csv") }
