resource "aws_iam_policy" "p" {
  name   = "p"
  policy = <<-JSON
    {
      "Statement": [{ "Effect": "Allow", "Action": ["s3:*"], "Resource": "<any>" }],
      "Version": "2012-10-17"
    }
  JSON
}
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"
  inline_policy {
    name   = "in"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
  }
}
resource "aws_s3_bucket_policy" "b" {
  bucket = "b"
  policy = "{ \"Version\": \"2012-10-17\", \"Statement\": [ { \"Sid\": \"x\", \"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"s3:*\", \"Resource\": \"arn:aws:s3:::b/*\" } ] }"
}
resource "aws_lb_listener" "l" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/x/1"
  port              = 80
  protocol          = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}
resource "aws_elasticache_cluster" "c" {
  cluster_id      = "c"
  engine          = "redis"
  node_type       = "cache.t3.micro"
  num_cache_nodes = 1
  engine_version  = "7.0"
}
resource "aws_cognito_user_pool" "u" { name = "u" }
resource "aws_ses_domain_identity" "d" { domain = "example.com" }
resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({ Resources = { B = { Type = "AWS::S3::Bucket" } } })
}
resource "aws_redshift_cluster" "r" {
  cluster_identifier  = "r"
  node_type           = "ra3.xlplus"
  master_username     = "u"
  master_password     = "Passw0rdx"
  skip_final_snapshot = true
  database_name       = "db"
}
resource "aws_db_parameter_group" "g" {
  name   = "g"
  family = "mysql8.0"
  parameter {
    name  = "Character_Set_Server"
    value = "UTF8"
  }
}
resource "aws_glue_catalog_database" "g" { name = "g" }
resource "aws_batch_compute_environment" "b" {
  type         = "managed"
  service_role = "arn:aws:iam::123456789012:role/r"
  state        = "enabled"
}
