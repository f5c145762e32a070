variable "hosts" { default = { a = "10.0.0.1", b = "10.0.0.2" } }
output "t1" { value = "%{for k, v in var.hosts}${k}=${v};%{endfor}" }
output "t2" { value = "x%{if length(var.hosts) > 1} many %{~else~} few %{endif}y" }
output "t3" { value = "a ${~ "b" ~} c" }
output "t4" { value = "${"nested ${"deep ${1 + 2}"}"}" }
output "t5" { value = "tab\there \"quoted\" \u00e9 \\ end" }
output "t6" { value = templatefile("${path.module}/conf.tftpl", { name = "svc", ports = [80, 443], debug = true }) }
output "t7" { value = templatefile("${path.module}/list.tftpl", { xs = ["p", "q"] }) }
output "t8" { value = "${var.hosts}" }
output "t9" { value = "%{if true}%{for x in [1, 2]}[${x}]%{endfor}%{endif}" }
