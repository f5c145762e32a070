terraform {
  required_version = ">= 1.4"
}

variable "label" {
  type        = string
  description = "Put in front of each item's name."

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,29}$", var.label))
    error_message = "Use lower-case letters, digits and hyphens, starting with a letter."
  }
}

variable "item_count" {
  type        = number
  description = "How many items to make."

  validation {
    condition     = var.item_count >= 1 && var.item_count <= 20
    error_message = "Between 1 and 20 items."
  }
}

variable "environment_class" {
  type    = string
  default = "dev"
}

variable "owner" {
  type    = string
  default = ""
}

locals {
  names = [for number in range(var.item_count) : format("%s-%02d", var.label, number + 1)]
}

resource "terraform_data" "group" {
  input = {
    label             = var.label
    environment_class = var.environment_class
    owner             = var.owner
  }
}

resource "terraform_data" "item" {
  for_each = toset(local.names)

  input            = each.value
  triggers_replace = [terraform_data.group.id]
}

output "names" {
  description = "Names of the items, separated by commas."
  value       = join(", ", sort([for item in terraform_data.item : item.output]))
}

output "total" {
  description = "How many items there are."
  value       = length(terraform_data.item)
}
