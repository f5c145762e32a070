resource "aws_apigatewayv2_api" "a" {
  name          = "a"
  protocol_type = "HTTP"
  cors_configuration {
    allow_origins = ["https://x"]
    allow_methods = ["*"]
    max_age       = 300
  }
}
resource "aws_apigatewayv2_stage" "s" {
  api_id      = aws_apigatewayv2_api.a.id
  name        = "$default"
  auto_deploy = true
}
resource "aws_api_gateway_rest_api" "r" {
  name = "r"
  body = jsonencode({ openapi = "3.0.1", info = { title = "r", version = "1.0" } })
}
