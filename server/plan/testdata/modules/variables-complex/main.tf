variable "tree" {
  type = object({
    name = string
    children = list(object({
      name   = string
      weight = optional(number, 1)
      meta   = optional(map(any), {})
    }))
    flags = optional(set(string), ["z", "a"])
    pair  = optional(tuple([string, bool]), ["p", true])
  })
  default = {
    name     = "root"
    children = [{ name = "l" }, { name = "r", weight = "3", meta = { k = 1 } }]
  }
}
output "tree" { value = var.tree }
output "weights" { value = { for c in var.tree.children : c.name => c.weight } }
