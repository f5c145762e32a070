resource "aws_elasticache_replication_group" "r" {
  replication_group_id = "RG-1"
  description          = "d"
  node_type            = "cache.t3.micro"
  num_cache_clusters   = 2
  engine_version       = "7.0"
  parameter_group_name = "default.redis7"
  automatic_failover_enabled = true
}
resource "aws_efs_file_system" "f" {
  encrypted = true
  lifecycle_policy { transition_to_ia = "AFTER_30_DAYS" }
}
resource "aws_opensearch_domain" "o" {
  domain_name    = "search-o"
  engine_version = "OpenSearch_2.11"
  cluster_config {
    instance_type  = "t3.small.search"
    instance_count = 3
  }
  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }
  advanced_options = { "rest.action.multi.allow_explicit_index" = "true" }
}
