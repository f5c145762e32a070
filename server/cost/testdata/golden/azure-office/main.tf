provider "azurerm" {
  features {}
}

locals {
  place = "West Europe"
}

resource "azurerm_resource_group" "office" {
  name     = "office"
  location = local.place
}

resource "azurerm_linux_virtual_machine" "files" {
  count               = 2
  name                = "files-${count.index}"
  resource_group_name = azurerm_resource_group.office.name
  location            = azurerm_resource_group.office.location
  size                = "Standard_D2s_v3"

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Premium_LRS"
    disk_size_gb         = 30
  }
}

resource "azurerm_public_ip" "files" {
  name                = "files"
  resource_group_name = azurerm_resource_group.office.name
  location            = azurerm_resource_group.office.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_nat_gateway" "office" {
  name                = "office"
  resource_group_name = azurerm_resource_group.office.name
  location            = azurerm_resource_group.office.location
}

resource "azurerm_quantum_toaster" "breakfast" {
  name = "breakfast"
}
