locals {
  grid = { for p in setproduct(range(5), range(5)) : "${p[0]}x${p[1]}" => { x = p[0], y = p[1] } }
}
resource "aws_ssm_parameter" "p" {
  for_each = local.grid
  name     = "/grid/${each.key}"
  type     = "String"
  value    = each.value.x * each.value.y
}
output "count" { value = length(aws_ssm_parameter.p) }
