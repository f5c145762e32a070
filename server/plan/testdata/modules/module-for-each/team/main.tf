variable "name" { type = string }
variable "settings" { type = object({ size = number }) }
resource "aws_iam_user" "u" {
  count = var.settings.size
  name  = "${var.name}-${count.index + 1}"
  tags  = { Team = title(var.name), Module = basename(path.module), Root = path.root }
}
output "users" { value = aws_iam_user.u[*].name }
