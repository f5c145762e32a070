variable "packages" {
  type    = list(string)
  default = ["nginx", "jq"]
}
locals {
  script = templatefile("${path.module}/boot.sh.tftpl", { packages = var.packages, region = "eu-west-1", debug = false })
  cloud_config = join("\n", ["#cloud-config", yamlencode({
    packages    = var.packages
    write_files = [{ path = "/etc/app.json", content = jsonencode({ port = 8080, on = true }) }]
    runcmd      = [["systemctl", "enable", "nginx"]]
  })])
}
resource "aws_instance" "plain" {
  ami                         = "ami-1"
  instance_type               = "t3.micro"
  user_data                   = local.script
  user_data_replace_on_change = true
}
resource "aws_instance" "encoded" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = base64encode(local.cloud_config)
}
resource "aws_launch_template" "heredoc" {
  name          = "heredoc"
  instance_type = "t3.micro"
  user_data = base64encode(<<-EOT
    #!/bin/bash
    %{for package in var.packages~}
    apt-get install -y ${package}
    %{endfor~}
    echo "$${HOME} ${length(var.packages)}"
  EOT
  )
}
output "lines" { value = length(split("\n", local.script)) }
output "digest" { value = md5(local.cloud_config) }
