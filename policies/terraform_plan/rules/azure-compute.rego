# METADATA
# title: Azure machines, apps and clusters
# description: Machines are entered with keys, apps speak HTTPS with current TLS, clusters and registries know who calls.
# custom:
#   severity: high
package torque.terraform_plan

apps := [
	"azurerm_linux_web_app", "azurerm_windows_web_app", "azurerm_linux_function_app", "azurerm_windows_function_app",
	"azurerm_app_service", "azurerm_function_app",
]

rules := {
	"azure-vm-password": {
		"types": ["azurerm_linux_virtual_machine", "azurerm_linux_virtual_machine_scale_set"],
		"severity": "high",
		"reason": "People sign in to the machine with a password.",
		"remedy": "Leave disable_password_authentication at true and give an SSH key.",
		"references": ["https://learn.microsoft.com/azure/virtual-machines/linux/create-ssh-keys-detailed"],
	},
	"azure-vm-host-encryption": {
		"types": ["azurerm_linux_virtual_machine", "azurerm_windows_virtual_machine"],
		"severity": "low",
		"reason": "Temporary disks and caches are not encrypted on the host.",
		"remedy": "Set encryption_at_host_enabled to true, where the subscription has the feature.",
		"references": ["https://learn.microsoft.com/azure/virtual-machines/disk-encryption-overview"],
	},
	"azure-vm-old-size": {
		"types": ["azurerm_linux_virtual_machine", "azurerm_windows_virtual_machine", "azurerm_virtual_machine"],
		"severity": "low",
		"reason": "The size belongs to a series that Azure retires.",
		"remedy": "Use a current series, for instance Standard_B2s_v2 or Standard_D2s_v5.",
		"references": ["https://learn.microsoft.com/azure/virtual-machines/sizes/retirement/retired-sizes-list"],
	},
	"azure-app-https": {
		"types": apps,
		"severity": "high",
		"reason": "The app also answers plain HTTP.",
		"remedy": "Set https_only to true.",
		"references": ["https://learn.microsoft.com/azure/app-service/overview-tls"],
	},
	"azure-app-tls": {
		"types": apps,
		"severity": "high",
		"reason": "The app accepts TLS below 1.2.",
		"remedy": "Set site_config.minimum_tls_version to 1.2 or later.",
		"references": ["https://learn.microsoft.com/azure/app-service/overview-tls"],
	},
	"azure-app-ftp": {
		"types": apps,
		"severity": "medium",
		"reason": "Files can be uploaded by plain FTP.",
		"remedy": "Set site_config.ftps_state to Disabled or FtpsOnly.",
		"references": ["https://learn.microsoft.com/azure/app-service/deploy-ftp"],
	},
	"azure-app-debugging": {
		"types": apps,
		"severity": "high",
		"reason": "Remote debugging is on: whoever gets in may stop and change the program.",
		"remedy": "Set site_config.remote_debugging_enabled to false.",
		"references": ["https://learn.microsoft.com/azure/app-service/configure-common"],
	},
	"azure-aks-rbac": {
		"types": ["azurerm_kubernetes_cluster"],
		"severity": "high",
		"reason": "The cluster does not ask who may do what.",
		"remedy": "Leave role_based_access_control_enabled at true.",
		"references": ["https://learn.microsoft.com/azure/aks/concepts-identity"],
	},
	"azure-aks-networks": {
		"types": ["azurerm_kubernetes_cluster"],
		"severity": "medium",
		"reason": "The whole internet reaches the cluster's API.",
		"remedy": "Make the cluster private or list networks under api_server_access_profile.",
		"references": ["https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges"],
	},
	"azure-registry-admin": {
		"types": ["azurerm_container_registry"],
		"severity": "high",
		"reason": "The registry has a shared administrator's password.",
		"remedy": "Set admin_enabled to false and use identities or tokens.",
		"references": ["https://learn.microsoft.com/azure/container-registry/container-registry-authentication"],
	},
	"azure-registry-anonymous": {
		"types": ["azurerm_container_registry"],
		"severity": "high",
		"reason": "Anybody may pull images.",
		"remedy": "Set anonymous_pull_enabled to false.",
		"references": ["https://learn.microsoft.com/azure/container-registry/anonymous-pull-access"],
	},
}

deny contains finding("azure-vm-password", change) if {
	some change in subjects("azure-vm-password")
	setting(change, ["disable_password_authentication"], true) == false
}

warn contains finding("azure-vm-host-encryption", change) if {
	some change in subjects("azure-vm-host-encryption")
	setting(change, ["encryption_at_host_enabled"], false) != true
	not later(change, ["encryption_at_host_enabled"])
}

warn contains finding("azure-vm-old-size", change) if {
	some change in subjects("azure-vm-old-size")
	some key in ["size", "vm_size"]
	regex.match(`^(Basic_.*|Standard_A\d+|Standard_(D|DS)\d+(_v2)?|Standard_(F|G|GS|L|NC|NV)\d+s?)$`, setting(change, [key], ""))
}

deny contains finding("azure-app-https", change) if {
	some change in subjects("azure-app-https")
	setting(change, ["https_only"], false) != true
	not later(change, ["https_only"])
}

deny contains finding("azure-app-tls", change) if {
	some change in subjects("azure-app-tls")
	some key in ["minimum_tls_version", "min_tls_version"]
	setting(change, ["site_config", 0, key], "1.2") in {"1.0", "1.1"}
}

warn contains finding("azure-app-ftp", change) if {
	some change in subjects("azure-app-ftp")
	setting(change, ["site_config", 0, "ftps_state"], "Disabled") == "AllAllowed"
}

deny contains finding("azure-app-debugging", change) if {
	some change in subjects("azure-app-debugging")
	setting(change, ["site_config", 0, "remote_debugging_enabled"], false) == true
}

deny contains finding("azure-aks-rbac", change) if {
	some change in subjects("azure-aks-rbac")
	some path in [["role_based_access_control_enabled"], ["role_based_access_control", 0, "enabled"]]
	setting(change, path, true) == false
}

warn contains finding("azure-aks-networks", change) if {
	some change in subjects("azure-aks-networks")
	setting(change, ["private_cluster_enabled"], false) != true
	count(setting(change, ["api_server_access_profile", 0, "authorized_ip_ranges"], [])) == 0
	count(setting(change, ["api_server_authorized_ip_ranges"], [])) == 0
	not later(change, ["api_server_access_profile", 0, "authorized_ip_ranges"])
}

deny contains finding("azure-registry-admin", change) if {
	some change in subjects("azure-registry-admin")
	setting(change, ["admin_enabled"], false) == true
}

deny contains finding("azure-registry-anonymous", change) if {
	some change in subjects("azure-registry-anonymous")
	setting(change, ["anonymous_pull_enabled"], false) == true
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
