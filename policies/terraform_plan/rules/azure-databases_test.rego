package torque.terraform_plan_test

import data.torque.terraform_plan

# The rules that speak up about one planned resource, whether they deny or warn.
found(type, after) := rules_of({"resource_changes": [{"address": "x", "type": type, "change": {"actions": ["create"], "after": after, "after_unknown": {}}}]})

rules_of(plan) := {entry.rule | some entry in entries} if {
	entries := terraform_plan.deny | terraform_plan.warn with input as plan
}

test_azure_sql_open_firewall_is_found if "azure-sql-open-firewall" in found("azurerm_mssql_firewall_rule", {"start_ip_address": "0.0.0.0", "end_ip_address": "255.255.255.255"})

test_azure_sql_open_firewall_passes if not "azure-sql-open-firewall" in found("azurerm_mssql_firewall_rule", {"start_ip_address": "0.0.0.0", "end_ip_address": "0.0.0.0"})

test_azure_sql_public_network_is_found if "azure-sql-public-network" in found("azurerm_mssql_server", {"public_network_access_enabled": true})

test_azure_sql_public_network_passes if not "azure-sql-public-network" in found("azurerm_mssql_server", {"public_network_access_enabled": false})

test_azure_sql_tls_is_found if "azure-sql-tls" in found("azurerm_mssql_server", {"minimum_tls_version": "1.0"})

test_azure_sql_tls_passes if not "azure-sql-tls" in found("azurerm_mssql_server", {"minimum_tls_version": "1.2"})

test_azure_sql_backup_is_found if "azure-sql-backup" in found("azurerm_postgresql_flexible_server", {"geo_redundant_backup_enabled": false})

test_azure_sql_backup_passes if not "azure-sql-backup" in found("azurerm_postgresql_flexible_server", {"geo_redundant_backup_enabled": true})

test_azure_redis_plain_is_found if "azure-redis-plain" in found("azurerm_redis_cache", {"non_ssl_port_enabled": true})

test_azure_redis_plain_passes if not "azure-redis-plain" in found("azurerm_redis_cache", {"non_ssl_port_enabled": false})

test_azure_cosmos_network_is_found if "azure-cosmos-network" in found("azurerm_cosmosdb_account", {"ip_range_filter": []})

test_azure_cosmos_network_passes if not "azure-cosmos-network" in found("azurerm_cosmosdb_account", {"ip_range_filter": ["192.0.2.1"]})
