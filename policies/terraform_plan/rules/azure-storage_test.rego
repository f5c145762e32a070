package torque.terraform_plan_test

import data.torque.terraform_plan

# The rules that speak up about one planned resource, whether they deny or warn.
found(type, after) := rules_of({"resource_changes": [{"address": "x", "type": type, "change": {"actions": ["create"], "after": after, "after_unknown": {}}}]})

rules_of(plan) := {entry.rule | some entry in entries} if {
	entries := terraform_plan.deny | terraform_plan.warn with input as plan
}

test_azure_storage_https_is_found if "azure-storage-https" in found("azurerm_storage_account", {"https_traffic_only_enabled": false})

test_azure_storage_https_passes if not "azure-storage-https" in found("azurerm_storage_account", {"https_traffic_only_enabled": true})

test_azure_storage_tls_is_found if "azure-storage-tls" in found("azurerm_storage_account", {"min_tls_version": "TLS1_0"})

test_azure_storage_tls_passes if not "azure-storage-tls" in found("azurerm_storage_account", {"min_tls_version": "TLS1_2"})

test_azure_storage_network_is_found if "azure-storage-network" in found("azurerm_storage_account", {"network_rules": []})

test_azure_storage_network_passes if not "azure-storage-network" in found("azurerm_storage_account", {"network_rules": [{"default_action": "Deny"}]})

test_azure_storage_shared_key_is_found if "azure-storage-shared-key" in found("azurerm_storage_account", {})

test_azure_storage_shared_key_passes if not "azure-storage-shared-key" in found("azurerm_storage_account", {"shared_access_key_enabled": false})

test_azure_storage_soft_delete_is_found if "azure-storage-soft-delete" in found("azurerm_storage_account", {"blob_properties": []})

test_azure_storage_soft_delete_passes if not "azure-storage-soft-delete" in found("azurerm_storage_account", {"blob_properties": [{"delete_retention_policy": [{"days": 7}]}]})

test_azure_vault_purge_is_found if "azure-vault-purge" in found("azurerm_key_vault", {"purge_protection_enabled": false})

test_azure_vault_purge_passes if not "azure-vault-purge" in found("azurerm_key_vault", {"purge_protection_enabled": true})

test_azure_vault_network_is_found if "azure-vault-network" in found("azurerm_key_vault", {"network_acls": []})

test_azure_vault_network_passes if not "azure-vault-network" in found("azurerm_key_vault", {"network_acls": [{"default_action": "Deny"}]})
