resource "aws_iam_user" "u" {
  for_each = toset(["carol", "alice", "bob"])
  name     = each.value
  path     = "/${each.key}/"
}
resource "aws_iam_group" "g" {
  for_each = toset([])
  name     = each.key
}
output "users" { value = [for u in aws_iam_user.u : u.name] }
output "keys" { value = keys(aws_iam_user.u) }
output "groups" { value = length(aws_iam_group.g) }
