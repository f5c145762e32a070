resource "aws_route53_zone" "z" { name = "Example.com." }
resource "aws_route53_record" "r" {
  for_each = { "WWW" = "1.2.3.4", api = "5.6.7.8" }
  zone_id  = aws_route53_zone.z.zone_id
  name     = "${each.key}.example.com."
  type     = "A"
  ttl      = 300
  records  = [each.value]
}
resource "aws_route53_record" "alias" {
  zone_id = "Z1"
  name    = "x"
  type    = "A"
  alias {
    name                   = "LB.example.com."
    zone_id                = "Z2"
    evaluate_target_health = true
  }
}
