output "x" { value = shout("a") }
