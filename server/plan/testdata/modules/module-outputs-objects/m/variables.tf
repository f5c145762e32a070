variable "items" { type = list(object({ k = string, v = number })) }
