variable "retention_days" {
  type        = number
  description = "How long unread messages are kept."
  default     = 4

  validation {
    condition     = var.retention_days >= 1 && var.retention_days <= 14
    error_message = "Between 1 and 14 days."
  }
}

variable "read_capacity" {
  type        = number
  description = "Reads a second that the table is provisioned for."
  default     = 10

  validation {
    condition     = var.read_capacity >= 1 && var.read_capacity <= 500
    error_message = "Between 1 and 500."
  }
}

resource "aws_sns_topic" "events" {
  name              = "${var.name}-events"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sqs_queue" "failed" {
  name                      = "${var.name}-failed"
  sqs_managed_sse_enabled   = true
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "events" {
  name                      = "${var.name}-events"
  sqs_managed_sse_enabled   = true
  message_retention_seconds = var.retention_days * 86400

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue_policy" "events" {
  queue_url = aws_sqs_queue.events.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TopicDelivers"
        Effect    = "Allow"
        Principal = { Service = "sns.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = aws_sqs_queue.events.arn
        Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.events.arn } }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = aws_sqs_queue.events.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_sns_topic_subscription" "events" {
  topic_arn            = aws_sns_topic.events.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.events.arn
  raw_message_delivery = true
}

resource "aws_dynamodb_table" "state" {
  name           = "${var.name}-state"
  billing_mode   = "PROVISIONED"
  read_capacity  = var.read_capacity
  write_capacity = 5
  hash_key       = "id"

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = local.is_production
  }

  server_side_encryption {
    enabled = true
  }

  deletion_protection_enabled = local.is_production
}

output "topic_arn" {
  description = "Where to publish."
  value       = aws_sns_topic.events.arn
}

output "queue_url" {
  description = "Where to read."
  value       = aws_sqs_queue.events.url
}

output "table" {
  description = "Table for the consumer's state."
  value       = aws_dynamodb_table.state.name
}
