variable "region" {
  type        = string
  description = "AWS region everything is made in."
}

variable "name" {
  type        = string
  description = "Prefix of all names; unique per environment."

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,40}$", var.name))
    error_message = "Use 2 to 41 lower-case letters, digits and hyphens, starting with a letter."
  }
}

variable "environment_class" {
  type        = string
  description = "development, staging or production."

  validation {
    condition     = contains(["development", "staging", "production"], var.environment_class)
    error_message = "One of development, staging, production."
  }
}

variable "owner" {
  type        = string
  description = "Who answers for it."
}

variable "cost_center" {
  type        = string
  description = "Who pays for it."
}

locals {
  is_production = var.environment_class == "production"

  tags = {
    owner               = var.owner
    cost-center         = var.cost_center
    environment-class   = var.environment_class
    gantry-environment  = var.name
    data-classification = "internal"
  }
}
