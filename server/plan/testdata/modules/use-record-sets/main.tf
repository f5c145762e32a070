variable "zones" {
  type = map(map(list(string)))
  default = {
    "example.com" = { "www:A:300" = ["192.0.2.1", "192.0.2.2"], "@:MX:3600" = ["10 mail.example.com", "20 mail2.example.com"] }
    "example.org" = { "_dmarc:TXT:60" = ["v=DMARC1; p=none"] }
  }
}
locals {
  records = merge(flatten([for zone, records in var.zones : [for spec, values in records : {
    (join("|", [zone, spec])) = {
      zone   = zone
      name   = split(":", spec)[0] == "@" ? zone : "${split(":", spec)[0]}.${zone}"
      type   = split(":", spec)[1]
      ttl    = parseint(split(":", spec)[2], 10)
      values = values
    }
  }]])...)
}
resource "aws_route53_zone" "zone" {
  for_each = var.zones
  name     = each.key
  comment  = "records: ${length(each.value)}"
}
resource "aws_route53_record" "record" {
  for_each = local.records
  zone_id  = aws_route53_zone.zone[each.value.zone].zone_id
  name     = each.value.name
  type     = each.value.type
  ttl      = each.value.ttl
  records  = each.value.values
}
output "types" { value = sort(distinct([for record in local.records : record.type])) }
output "longest" { value = reverse(sort([for record in local.records : format("%05d", record.ttl)]))[0] }
