output "vpc_id" {
  description = "The network."
  value       = aws_vpc.main.id
}

output "subnet_ids" {
  description = "Private subnets, as JSON."
  value       = jsonencode(aws_subnet.private[*].id)
}
