variable "node_groups" {
  type = map(object({
    instance_types = optional(list(string), ["m5.large"])
    capacity       = optional(object({ min = optional(number, 1), max = optional(number, 3), desired = optional(number) }), {})
    spot           = optional(bool, false)
    labels         = optional(map(string), {})
    taints         = optional(list(object({ key = string, value = optional(string), effect = optional(string, "NO_SCHEDULE") })), [])
  }))
  default = {
    general = {}
    batch = {
      instance_types = ["c5.xlarge", "c5a.xlarge"], spot = true
      capacity       = { max = 10, desired = 4 }
      labels         = { workload = "batch" }
      taints         = [{ key = "batch", value = "true" }]
    }
  }
}
resource "aws_eks_cluster" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111111111111:role/eks"
  version  = "1.31"
  vpc_config {
    subnet_ids              = ["subnet-1", "subnet-2"]
    endpoint_private_access = true
    public_access_cidrs     = ["10.0.0.0/8"]
  }
  enabled_cluster_log_types = ["audit", "api"]
}
resource "aws_eks_node_group" "group" {
  for_each        = var.node_groups
  cluster_name    = aws_eks_cluster.main.name
  node_group_name = each.key
  node_role_arn   = "arn:aws:iam::111111111111:role/node"
  subnet_ids      = aws_eks_cluster.main.vpc_config[0].subnet_ids
  instance_types  = each.value.instance_types
  capacity_type   = each.value.spot ? "SPOT" : "ON_DEMAND"
  labels          = each.value.labels
  scaling_config {
    min_size     = each.value.capacity.min
    max_size     = each.value.capacity.max
    desired_size = coalesce(each.value.capacity.desired, each.value.capacity.min)
  }
  dynamic "taint" {
    for_each = each.value.taints
    content {
      key    = taint.value.key
      value  = taint.value.value
      effect = taint.value.effect
    }
  }
  lifecycle { ignore_changes = [scaling_config[0].desired_size] }
}
resource "aws_eks_addon" "addon" {
  for_each     = { for name, version in { vpc-cni = "v1.18.1-eksbuild.1", coredns = null } : name => version }
  cluster_name = aws_eks_cluster.main.name
  addon_name   = each.key
  addon_version = each.value
}
output "groups" { value = { for name, group in aws_eks_node_group.group : name => group.instance_types } }
