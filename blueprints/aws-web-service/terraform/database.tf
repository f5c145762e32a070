variable "database_class" {
  type        = string
  description = "Machine class of the database."
}

variable "database_gb" {
  type        = number
  description = "Storage of the database."

  validation {
    condition     = var.database_gb >= 20 && var.database_gb <= 1000
    error_message = "Between 20 and 1000 GB."
  }
}

variable "database_version" {
  type        = string
  description = "Major version of PostgreSQL."
  default     = "16"
}

resource "aws_security_group" "database" {
  name        = "${var.name}-db"
  description = "Database of ${var.name}"
  vpc_id      = aws_vpc.main.id

  tags = { Name = "${var.name}-db" }
}

resource "aws_vpc_security_group_ingress_rule" "from_application" {
  security_group_id            = aws_security_group.database.id
  description                  = "From the application only"
  referenced_security_group_id = aws_security_group.application.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_db_subnet_group" "main" {
  name       = var.name
  subnet_ids = aws_subnet.private[*].id
}

resource "aws_db_instance" "main" {
  identifier     = var.name
  engine         = "postgres"
  engine_version = var.database_version
  instance_class = var.database_class
  db_name        = "app"
  username       = "app_owner"

  # The password is made and rotated by Secrets Manager; it is in no state and no log.
  manage_master_user_password = true

  allocated_storage          = var.database_gb
  storage_type               = "gp3"
  storage_encrypted          = true
  multi_az                   = local.is_production
  publicly_accessible        = false
  db_subnet_group_name       = aws_db_subnet_group.main.name
  vpc_security_group_ids     = [aws_security_group.database.id]
  backup_retention_period    = local.is_production ? 14 : 1
  deletion_protection        = local.is_production
  skip_final_snapshot        = !local.is_production
  final_snapshot_identifier  = local.is_production ? "${var.name}-final" : null
  auto_minor_version_upgrade = true
  copy_tags_to_snapshot      = true

  iam_database_authentication_enabled = true
  performance_insights_enabled        = local.is_production
}
