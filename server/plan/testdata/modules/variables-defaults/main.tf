variable "name" { default = "shop" }
variable "size" {
  type    = number
  default = "20"
}
variable "encrypted" {
  type    = bool
  default = "true"
}
variable "zones" {
  type    = list(string)
  default = ["a", "b", 3]
}
variable "labels" {
  type    = map(string)
  default = { tier = 1, live = true }
}
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1${var.zones[0]}"
  size              = var.size
  encrypted         = var.encrypted
  tags              = merge(var.labels, { Name = "${var.name}-data" })
}
output "zones" { value = var.zones }
output "labels" { value = var.labels }
