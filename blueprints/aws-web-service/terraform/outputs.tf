output "url" {
  description = "Where the service answers, inside the network."
  value       = "${lower(aws_lb_listener.main.protocol)}://${aws_lb.main.dns_name}"
}

output "database_host" {
  description = "Host of the database."
  value       = aws_db_instance.main.address
}

output "database_secret_arn" {
  description = "Secret that holds the database's credentials."
  value       = aws_db_instance.main.master_user_secret[0].secret_arn
}
