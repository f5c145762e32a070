terraform {
  required_version = ">= 1.5"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.0"
    }
  }
}

provider "azurerm" {
  features {}
}

variable "location" {
  type        = string
  description = "Azure region everything is made in."
}

variable "name" {
  type        = string
  description = "Prefix of all names; unique per environment."

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,40}$", var.name))
    error_message = "Use 2 to 41 lower-case letters, digits and hyphens, starting with a letter."
  }
}

variable "vm_size" {
  type        = string
  description = "Machine size."
}

variable "disk_gb" {
  type        = number
  description = "Size of the data disk."

  validation {
    condition     = var.disk_gb >= 16 && var.disk_gb <= 1024
    error_message = "Between 16 and 1024 GB."
  }
}

variable "ssh_public_key" {
  type        = string
  description = "Public key that may log in, through Bastion only."
}

variable "allowed_cidr" {
  type        = string
  description = "Network that may reach the machine."
  default     = "10.0.0.0/8"

  validation {
    condition     = !contains(["0.0.0.0/0", "*", "Internet"], var.allowed_cidr)
    error_message = "Name the network that needs access."
  }
}

variable "environment_class" {
  type        = string
  description = "development, staging or production."
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
  tags = {
    owner              = var.owner
    cost-center        = var.cost_center
    environment-class  = var.environment_class
    gantry-environment = var.name
  }
}

resource "azurerm_resource_group" "main" {
  name     = "rg-${var.name}"
  location = var.location
  tags     = local.tags
}

resource "azurerm_virtual_network" "main" {
  name                = "vnet-${var.name}"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  address_space       = ["10.60.0.0/24"]
  tags                = local.tags
}

resource "azurerm_subnet" "main" {
  name                            = "machines"
  resource_group_name             = azurerm_resource_group.main.name
  virtual_network_name            = azurerm_virtual_network.main.name
  address_prefixes                = ["10.60.0.0/26"]
  default_outbound_access_enabled = false
}

resource "azurerm_network_security_group" "main" {
  name                = "nsg-${var.name}"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  tags                = local.tags

  security_rule {
    name                       = "ssh-from-named-network"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_address_prefix      = var.allowed_cidr
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "22"
  }

  security_rule {
    name                       = "nothing-else"
    priority                   = 4000
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "*"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "main" {
  subnet_id                 = azurerm_subnet.main.id
  network_security_group_id = azurerm_network_security_group.main.id
}

resource "azurerm_network_interface" "main" {
  name                = "nic-${var.name}"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  tags                = local.tags

  ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.main.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_linux_virtual_machine" "main" {
  name                            = "vm-${var.name}"
  location                        = azurerm_resource_group.main.location
  resource_group_name             = azurerm_resource_group.main.name
  size                            = var.vm_size
  admin_username                  = "gantry"
  disable_password_authentication = true
  encryption_at_host_enabled      = true
  secure_boot_enabled             = true
  vtpm_enabled                    = true
  network_interface_ids           = [azurerm_network_interface.main.id]
  tags                            = local.tags

  admin_ssh_key {
    username   = "gantry"
    public_key = var.ssh_public_key
  }

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "StandardSSD_LRS"
    disk_size_gb         = 32
  }

  source_image_reference {
    publisher = "Canonical"
    offer     = "ubuntu-24_04-lts"
    sku       = "server"
    version   = "latest"
  }

  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_managed_disk" "data" {
  name                          = "disk-${var.name}"
  location                      = azurerm_resource_group.main.location
  resource_group_name           = azurerm_resource_group.main.name
  storage_account_type          = "StandardSSD_LRS"
  create_option                 = "Empty"
  disk_size_gb                  = var.disk_gb
  public_network_access_enabled = false
  network_access_policy         = "DenyAll"
  tags                          = local.tags
}

resource "azurerm_virtual_machine_data_disk_attachment" "data" {
  managed_disk_id    = azurerm_managed_disk.data.id
  virtual_machine_id = azurerm_linux_virtual_machine.main.id
  lun                = 10
  caching            = "ReadOnly"
}

output "private_ip" {
  description = "Address inside the network."
  value       = azurerm_network_interface.main.private_ip_address
}

output "vm_id" {
  description = "Id of the machine."
  value       = azurerm_linux_virtual_machine.main.id
}

output "resource_group" {
  description = "Everything is in here."
  value       = azurerm_resource_group.main.name
}
