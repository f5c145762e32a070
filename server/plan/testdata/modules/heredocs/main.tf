locals {
  name = "world"
  raw  = <<EOT
Hello ${local.name}
  indented $${not} %%{not}
	tab \n not an escape
EOT
  flush = <<-EOT
    first
      second ${local.name}

    third
  EOT
  blank = <<-EOT

      a
    b
  EOT
  code = <<-SH
    #!/bin/bash
    %{for n in [1, 2]~}
    echo ${n}
    %{endfor~}
    %{if local.name == "world"}yes%{else}no%{endif}
    done
  SH
  inline = [<<A
x
A
  , "y"]
}
output "raw" { value = local.raw }
output "flush" { value = local.flush }
output "blank" { value = local.blank }
output "code" { value = local.code }
output "inline" { value = local.inline }
