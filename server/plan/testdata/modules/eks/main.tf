resource "aws_eks_cluster" "c" {
  name     = "c"
  role_arn = "arn:aws:iam::123456789012:role/eks"
  version  = 1.29
  vpc_config {
    subnet_ids              = ["subnet-1", "subnet-2"]
    endpoint_private_access = true
    public_access_cidrs     = ["10.0.0.0/8"]
  }
  enabled_cluster_log_types = ["api", "audit"]
}
resource "aws_eks_node_group" "n" {
  cluster_name    = aws_eks_cluster.c.name
  node_group_name = "n"
  node_role_arn   = "arn:aws:iam::123456789012:role/n"
  subnet_ids      = ["subnet-1"]
  instance_types  = ["t3.large"]
  scaling_config {
    desired_size = 2
    max_size     = 4
    min_size     = 1
  }
  labels = { tier = 1 }
  taint {
    key    = "k"
    value  = "v"
    effect = "NO_SCHEDULE"
  }
}
