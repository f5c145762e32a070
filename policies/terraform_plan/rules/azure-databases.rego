# METADATA
# title: Azure databases
# description: Databases and caches stay off the internet, demand current TLS and keep backups.
# custom:
#   severity: high
package torque.terraform_plan

rules := {
	"azure-sql-open-firewall": {
		"types": [
			"azurerm_mssql_firewall_rule", "azurerm_sql_firewall_rule", "azurerm_postgresql_firewall_rule",
			"azurerm_postgresql_flexible_server_firewall_rule", "azurerm_mysql_firewall_rule",
			"azurerm_mysql_flexible_server_firewall_rule", "azurerm_redis_firewall_rule",
		],
		"severity": "high",
		"reason": "The whole internet may reach the database.",
		"remedy": "Give the range of addresses that needs access, or use a private endpoint.",
		"references": ["https://learn.microsoft.com/azure/azure-sql/database/firewall-configure"],
	},
	"azure-sql-public-network": {
		"types": ["azurerm_mssql_server", "azurerm_postgresql_server", "azurerm_mysql_server", "azurerm_postgresql_flexible_server"],
		"severity": "medium",
		"reason": "The server has a public endpoint.",
		"remedy": "Set public_network_access_enabled to false and use a private endpoint.",
		"references": ["https://learn.microsoft.com/azure/azure-sql/database/connectivity-settings"],
	},
	"azure-sql-tls": {
		"types": ["azurerm_mssql_server", "azurerm_postgresql_server", "azurerm_mysql_server"],
		"severity": "high",
		"reason": "The server accepts unencrypted connections or TLS below 1.2.",
		"remedy": "Require TLS 1.2, and leave ssl_enforcement_enabled at true.",
		"references": ["https://learn.microsoft.com/azure/azure-sql/database/connectivity-settings"],
	},
	"azure-sql-backup": {
		"types": ["azurerm_postgresql_server", "azurerm_mysql_server", "azurerm_mysql_flexible_server", "azurerm_postgresql_flexible_server"],
		"severity": "low",
		"reason": "Backups stay in the region: they are lost with it.",
		"remedy": "Set geo_redundant_backup_enabled to true where the contents matter.",
		"references": ["https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-backup-restore"],
	},
	"azure-redis-plain": {
		"types": ["azurerm_redis_cache"],
		"severity": "high",
		"reason": "The cache answers on its unencrypted port, or accepts TLS below 1.2.",
		"remedy": "Set non_ssl_port_enabled to false and minimum_tls_version to 1.2.",
		"references": ["https://learn.microsoft.com/azure/azure-cache-for-redis/cache-remove-tls-10-11"],
	},
	"azure-cosmos-network": {
		"types": ["azurerm_cosmosdb_account"],
		"severity": "high",
		"reason": "Every network may reach the database account.",
		"remedy": "Set public_network_access_enabled to false, or list ip_range_filter or virtual_network_rule.",
		"references": ["https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall"],
	},
}

deny contains finding("azure-sql-open-firewall", change) if {
	some change in subjects("azure-sql-open-firewall")
	some first in ["start_ip_address", "start_ip"]
	some last in ["end_ip_address", "end_ip"]
	setting(change, [first], "") == "0.0.0.0"
	setting(change, [last], "") == "255.255.255.255"
}

warn contains finding("azure-sql-public-network", change) if {
	some change in subjects("azure-sql-public-network")
	setting(change, ["public_network_access_enabled"], true) == true
	setting(change, ["delegated_subnet_id"], "") == ""
	not later(change, ["delegated_subnet_id"])
	not later(change, ["public_network_access_enabled"])
}

deny contains finding("azure-sql-tls", change) if {
	some change in subjects("azure-sql-tls")
	some key in ["minimum_tls_version", "ssl_minimal_tls_version_enforced"]
	setting(change, [key], "1.2") in {"1.0", "1.1", "TLS1_0", "TLS1_1", "Disabled", "TLSEnforcementDisabled"}
}

deny contains finding("azure-sql-tls", change) if {
	some change in subjects("azure-sql-tls")
	setting(change, ["ssl_enforcement_enabled"], true) == false
}

warn contains finding("azure-sql-backup", change) if {
	some change in subjects("azure-sql-backup")
	setting(change, ["geo_redundant_backup_enabled"], false) != true
	not later(change, ["geo_redundant_backup_enabled"])
}

deny contains finding("azure-redis-plain", change) if {
	some change in subjects("azure-redis-plain")
	some key in ["non_ssl_port_enabled", "enable_non_ssl_port"]
	setting(change, [key], false) == true
}

deny contains finding("azure-redis-plain", change) if {
	some change in subjects("azure-redis-plain")
	setting(change, ["minimum_tls_version"], "1.2") in {"1.0", "1.1"}
}

deny contains finding("azure-cosmos-network", change) if {
	some change in subjects("azure-cosmos-network")
	setting(change, ["public_network_access_enabled"], true) == true
	not restricted(change)
}

restricted(change) if {
	some key in ["ip_range_filter", "virtual_network_rule"]
	count(setting(change, [key], [])) > 0
}

restricted(change) if later(change, ["ip_range_filter"])

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
