variable "name" { type = string }
resource "aws_elasticache_cluster" "cache" {
  cluster_id           = "c-${var.name}"
  engine               = "redis"
  node_type            = "cache.t3.micro"
  num_cache_nodes      = 1
  parameter_group_name = "default.redis7"
}
output "name" { value = aws_elasticache_cluster.cache.cluster_id }
output "size" { value = aws_elasticache_cluster.cache.node_type }
