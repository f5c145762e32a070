output "x" { value = true ? ["a"] : { b = 1 } }
