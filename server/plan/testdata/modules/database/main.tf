resource "aws_db_subnet_group" "g" {
  name       = "g-mixed"
  subnet_ids = ["subnet-b", "subnet-a"]
}
resource "aws_db_parameter_group" "pg" {
  name   = "pg"
  family = "postgres16"
  parameter {
    name  = "log_connections"
    value = 1
  }
  parameter {
    name         = "max_connections"
    value        = "200"
    apply_method = "pending-reboot"
  }
}
resource "aws_db_instance" "db" {
  identifier              = "db1"
  engine                  = "postgres"
  engine_version          = 16
  instance_class          = "db.m5.large"
  allocated_storage       = "100"
  storage_encrypted       = true
  multi_az                = "true"
  db_subnet_group_name    = aws_db_subnet_group.g.name
  parameter_group_name    = aws_db_parameter_group.pg.name
  username                = "app"
  password                = "not-a-real-pass"
  backup_retention_period = 7
  maintenance_window      = "Mon:00:00-Mon:03:00"
  skip_final_snapshot     = true
  publicly_accessible     = false
}
resource "aws_rds_cluster" "c" {
  cluster_identifier  = "c1"
  engine              = "aurora-postgresql"
  master_username     = "u"
  master_password     = "not-a-real-pass"
  skip_final_snapshot = true
  serverlessv2_scaling_configuration {
    min_capacity = 0.5
    max_capacity = 4
  }
}
