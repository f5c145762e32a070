variable "password" {
  type      = string
  ephemeral = true
  sensitive = true
  default   = "correct-horse"
}
locals { secret = { user = "admin", password = var.password } }
resource "aws_db_instance" "main" {
  identifier          = "main"
  engine              = "postgres"
  instance_class      = "db.t3.medium"
  allocated_storage   = 20
  username            = "gantry"
  password_wo         = var.password
  password_wo_version = 2
  skip_final_snapshot = true
}
resource "aws_secretsmanager_secret" "main" { name = "main" }
resource "aws_secretsmanager_secret_version" "main" {
  secret_id                = aws_secretsmanager_secret.main.id
  secret_string_wo         = jsonencode(local.secret)
  secret_string_wo_version = 1
}
resource "aws_ssm_parameter" "main" {
  name             = "/main/password"
  type             = "SecureString"
  value_wo         = upper(var.password)
  value_wo_version = 3
}
