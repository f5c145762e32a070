variable "services" {
  type = map(object({
    port     = number
    replicas = optional(number, 2)
    health = optional(object({
      path     = optional(string, "/health")
      interval = optional(number, 30)
    }), {})
    tags  = optional(map(string))
    names = optional(list(string), ["x"])
  }))
  default = {
    api = { port = "8080" }
    web = { port = 80, replicas = 5, health = { path = "/" }, tags = { a = 1 }, names = null }
  }
}
output "services" { value = var.services }
resource "aws_lb_target_group" "tg" {
  for_each = var.services
  name     = "tg-${each.key}"
  port     = each.value.port
  protocol = "HTTP"
  vpc_id   = "vpc-1"
  health_check {
    path     = each.value.health.path
    interval = each.value.health.interval
  }
}
