resource "aws_instance" "i" {
  ami                         = "ami-1"
  instance_type               = "t3.micro"
  key_name                    = ""
  associate_public_ip_address = false
  ebs_optimized               = false
  monitoring                  = false
  security_groups             = []
  tags                        = {}
  user_data                   = ""
}
resource "aws_security_group" "s" {
  name        = "s"
  description = ""
  ingress     = []
  egress      = []
}
resource "aws_db_instance" "d" {
  allocated_storage       = 5
  engine                  = "MySQL"
  instance_class          = "db.t3.micro"
  username                = "u"
  password                = "pppppppp"
  backup_retention_period = 0
  skip_final_snapshot     = true
  db_name                 = ""
  maintenance_window      = "SUN:01:00-SUN:02:00"
}
resource "aws_sqs_queue" "q" {
  name          = "q"
  delay_seconds = 0
  policy        = ""
  kms_master_key_id = ""
}
resource "aws_cloudwatch_log_group" "l" {
  name              = "l"
  retention_in_days = 0
}
resource "aws_lb" "l" {
  name            = "l"
  subnets         = ["subnet-1", "subnet-2"]
  internal        = false
  idle_timeout    = 0
  security_groups = []
}
