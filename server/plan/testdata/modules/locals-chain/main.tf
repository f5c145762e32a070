locals {
  project = "atlas"
  env     = terraform.workspace
  prefix  = "${local.project}-${local.env}"
  names   = [for i in range(3) : format("%s-%02d", local.prefix, i)]
}
locals {
  tags = {
    Project = local.project
    Env     = upper(local.env)
  }
}
resource "aws_sns_topic" "t" {
  count = length(local.names)
  name  = local.names[count.index]
  tags  = merge(local.tags, { Index = count.index })
}
output "names" { value = aws_sns_topic.t[*].name }
output "first" { value = aws_sns_topic.t[0].tags["Index"] }
