resource "aws_secretsmanager_secret" "s" { name = "app/secret" }
resource "aws_secretsmanager_secret_version" "v" {
  secret_id     = aws_secretsmanager_secret.s.id
  secret_string = jsonencode({ user = "u", pass = "p" })
}
resource "aws_ssm_parameter" "list" {
  name  = "/list"
  type  = "StringList"
  value = join(",", ["a", "b"])
}
resource "aws_kms_alias" "a" {
  name          = "alias/x"
  target_key_id = "1234"
}
resource "aws_key_pair" "k" {
  key_name   = "k"
  public_key = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQD user@host"
}
