resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  image_uri     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/x:1"
  package_type  = "Image"
  timeout       = 30
  architectures = ["arm64"]
  tracing_config { mode = "Active" }
  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = ["sg-2", "sg-1"]
  }
}
resource "aws_cloudwatch_event_rule" "r" {
  name                = "r"
  schedule_expression = "rate(5 minutes)"
}
resource "aws_cloudwatch_event_target" "t" {
  rule  = aws_cloudwatch_event_rule.r.name
  arn   = aws_lambda_function.f.arn
  input = jsonencode({ k = "v" })
}
resource "aws_lambda_permission" "p" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.f.function_name
  principal     = "events.amazonaws.com"
}
