# METADATA
# title: Azure storage and vaults
# description: Storage accounts demand HTTPS and current TLS and close their networks; vaults cannot be purged by accident.
# custom:
#   severity: high
package torque.terraform_plan

rules := {
	"azure-storage-https": {
		"types": ["azurerm_storage_account"],
		"severity": "high",
		"reason": "The storage account also answers plain HTTP.",
		"remedy": "Leave https_traffic_only_enabled at true.",
		"references": ["https://learn.microsoft.com/azure/storage/common/storage-require-secure-transfer"],
	},
	"azure-storage-tls": {
		"types": ["azurerm_storage_account"],
		"severity": "high",
		"reason": "The storage account accepts TLS below 1.2.",
		"remedy": "Set min_tls_version to TLS1_2.",
		"references": ["https://learn.microsoft.com/azure/storage/common/transport-layer-security-configure-minimum-version"],
	},
	"azure-storage-network": {
		"types": ["azurerm_storage_account", "azurerm_storage_account_network_rules"],
		"severity": "medium",
		"reason": "Every network may reach the storage account.",
		"remedy": "Set public_network_access_enabled to false, or default_action of network_rules to Deny.",
		"references": ["https://learn.microsoft.com/azure/storage/common/storage-network-security"],
	},
	"azure-storage-shared-key": {
		"types": ["azurerm_storage_account"],
		"severity": "low",
		"reason": "Shared keys open the whole account and belong to nobody.",
		"remedy": "Set shared_access_key_enabled to false and use Microsoft Entra identities.",
		"references": ["https://learn.microsoft.com/azure/storage/common/shared-key-authorization-prevent"],
	},
	"azure-storage-soft-delete": {
		"types": ["azurerm_storage_account"],
		"severity": "low",
		"reason": "Deleted blobs are gone at once.",
		"remedy": "Add delete_retention_policy to blob_properties.",
		"references": ["https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview"],
	},
	"azure-vault-purge": {
		"types": ["azurerm_key_vault"],
		"severity": "medium",
		"reason": "Deleted keys and secrets can be purged for good before their retention ends.",
		"remedy": "Set purge_protection_enabled to true.",
		"references": ["https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview"],
	},
	"azure-vault-network": {
		"types": ["azurerm_key_vault"],
		"severity": "medium",
		"reason": "Every network may reach the vault.",
		"remedy": "Set public_network_access_enabled to false, or default_action of network_acls to Deny.",
		"references": ["https://learn.microsoft.com/azure/key-vault/general/network-security"],
	},
}

deny contains finding("azure-storage-https", change) if {
	some change in subjects("azure-storage-https")
	some key in ["https_traffic_only_enabled", "enable_https_traffic_only"]
	setting(change, [key], true) == false
}

deny contains finding("azure-storage-tls", change) if {
	some change in subjects("azure-storage-tls")
	setting(change, ["min_tls_version"], "TLS1_2") in {"TLS1_0", "TLS1_1"}
}

warn contains finding("azure-storage-network", change) if {
	some change in subjects("azure-storage-network")
	change.type == "azurerm_storage_account"
	setting(change, ["public_network_access_enabled"], true) == true
	setting(change, ["network_rules", 0, "default_action"], "Allow") == "Allow"
	not has_network_rules
}

warn contains finding("azure-storage-network", change) if {
	some change in subjects("azure-storage-network")
	change.type == "azurerm_storage_account_network_rules"
	setting(change, ["default_action"], "Allow") == "Allow"
}

has_network_rules if {
	some change in input.resource_changes
	change.type == "azurerm_storage_account_network_rules"
}

warn contains finding("azure-storage-shared-key", change) if {
	some change in subjects("azure-storage-shared-key")
	setting(change, ["shared_access_key_enabled"], true) == true
}

warn contains finding("azure-storage-soft-delete", change) if {
	some change in subjects("azure-storage-soft-delete")
	count(setting(change, ["blob_properties", 0, "delete_retention_policy"], [])) == 0
}

warn contains finding("azure-vault-purge", change) if {
	some change in subjects("azure-vault-purge")
	setting(change, ["purge_protection_enabled"], false) != true
	not later(change, ["purge_protection_enabled"])
}

warn contains finding("azure-vault-network", change) if {
	some change in subjects("azure-vault-network")
	setting(change, ["public_network_access_enabled"], true) == true
	setting(change, ["network_acls", 0, "default_action"], "Allow") == "Allow"
}

kinds := {type | some rule in rules; some type in rule.types}

planned := [change |
	some change in input.resource_changes
	change.type in kinds
	some action in change.change.actions
	action in {"create", "update"}
]

subjects(id) := [change | some change in planned; change.type in rules[id].types]

finding(id, change) := {
	"msg": sprintf("%v: %v", [change.address, rules[id].reason]),
	"rule": id,
	"severity": rules[id].severity,
	"hint": rules[id].remedy,
	"references": rules[id].references,
	"address": change.address,
}

# What the plan sets, or the fallback where it sets nothing.
setting(change, path, fallback) := found if {
	found := object.get(change.change.after, path, null)
	found != null
} else := fallback

# Known only after the run: no reason to refuse before.
later(change, path) if object.get(change.change, array.concat(["after_unknown"], path), false) == true
