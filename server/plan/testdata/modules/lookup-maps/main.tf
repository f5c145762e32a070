variable "env" { default = "prod" }
variable "sizes" {
  type = map(object({ type = string, disks = list(number) }))
  default = {
    dev  = { type = "t3.micro", disks = [] }
    prod = { type = "m5.large", disks = [100, "200"] }
  }
}
locals {
  cfg = var.sizes[var.env]
  deep = { a = { b = { c = ["x", { d = "found" }] } } }
}
resource "aws_instance" "i" {
  ami           = lookup({ prod = "ami-p" }, var.env, "ami-d")
  instance_type = local.cfg["type"]
  tags          = { Deep = local.deep.a["b"].c[1].d, Idx = index(["dev", "prod"], var.env) }
  dynamic "ebs_block_device" {
    for_each = { for i, s in local.cfg.disks : "/dev/sd${substr("fgh", i, 1)}" => s }
    content {
      device_name = ebs_block_device.key
      volume_size = ebs_block_device.value
    }
  }
}
