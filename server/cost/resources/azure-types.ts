import type { PricedType } from "#server/cost/priced-type.ts";
import { azureClusterTypes } from "./azure-clusters.ts";
import { azurermCosmosdb } from "./azure-cosmosdb.ts";
import { azureDataTypes } from "./azure-data-factory.ts";
import {
  azurermFunctionApp,
  azurermMssqlDatabase,
  azurermSingleServer,
  azurermSqlDatabase,
} from "./azure-databases.ts";
import { azurermManagedDisk } from "./azure-disk.ts";
import { azureEdgeTypes } from "./azure-edge.ts";
import { azurermMysqlFlexibleServer, azurermPostgresqlFlexibleServer } from "./azure-flexible-server.ts";
import {
  azurermApiManagement,
  azurermEventhubNamespace,
  azurermFirewall,
  azurermServicebusNamespace,
  azurermSignalrService,
  azurermVirtualNetworkGateway,
  azurermVirtualNetworkGatewayConnection,
} from "./azure-gateways.ts";
import { azurermKubernetesCluster, azurermKubernetesClusterNodePool } from "./azure-kubernetes-cluster.ts";
import {
  azurermVirtualMachine,
  azurermVirtualMachineScaleSet,
  azureScaleSet,
  azureVirtualMachine,
} from "./azure-machine.ts";
import { azureMeteredTypes } from "./azure-metered.ts";
import { azureMonitoringTypes } from "./azure-monitoring.ts";
import { azureMoreTypes } from "./azure-more-meters.ts";
import { azurePlatformTypes } from "./azure-platform.ts";
import {
  azurermAppServicePlan,
  azurermContainerRegistry,
  azurermLb,
  azurermPublicIp,
  azurermRedisCache,
  azurermServicePlan,
} from "./azure-simple.ts";
import { azureManagedInstance, azurermElasticPool } from "./azure-sql-pools.ts";
import { azurermStorageAccount } from "./azure-storage-account.ts";
import { azurermStorageQueue, azurermStorageShare } from "./azure-storage-parts.ts";

/** Every priced type of Azure. */
export const azureTypes: Readonly<Record<string, PricedType>> = {
  ...azureMeteredTypes,
  ...azureMoreTypes,
  ...azureClusterTypes,
  ...azureDataTypes,
  ...azureEdgeTypes,
  ...azureMonitoringTypes,
  ...azurePlatformTypes,
  azurerm_api_management: azurermApiManagement,
  azurerm_app_service_plan: azurermAppServicePlan,
  azurerm_container_registry: azurermContainerRegistry,
  azurerm_cosmosdb_cassandra_keyspace: azurermCosmosdb,
  azurerm_cosmosdb_cassandra_table: azurermCosmosdb,
  azurerm_cosmosdb_gremlin_database: azurermCosmosdb,
  azurerm_cosmosdb_gremlin_graph: azurermCosmosdb,
  azurerm_cosmosdb_mongo_collection: azurermCosmosdb,
  azurerm_cosmosdb_mongo_database: azurermCosmosdb,
  azurerm_cosmosdb_sql_container: azurermCosmosdb,
  azurerm_cosmosdb_sql_database: azurermCosmosdb,
  azurerm_cosmosdb_table: azurermCosmosdb,
  azurerm_eventhub_namespace: azurermEventhubNamespace,
  azurerm_firewall: azurermFirewall,
  azurerm_function_app: azurermFunctionApp,
  azurerm_kubernetes_cluster: azurermKubernetesCluster,
  azurerm_kubernetes_cluster_node_pool: azurermKubernetesClusterNodePool,
  azurerm_lb: azurermLb,
  azurerm_linux_function_app: azurermFunctionApp,
  azurerm_linux_virtual_machine: azureVirtualMachine("Linux"),
  azurerm_linux_virtual_machine_scale_set: azureScaleSet("Linux"),
  azurerm_managed_disk: azurermManagedDisk,
  azurerm_mariadb_server: azurermSingleServer,
  azurerm_mssql_database: azurermMssqlDatabase,
  azurerm_mssql_elasticpool: azurermElasticPool,
  azurerm_mssql_managed_instance: azureManagedInstance("cores", "Additional Storage"),
  azurerm_mysql_flexible_server: azurermMysqlFlexibleServer,
  azurerm_mysql_server: azurermSingleServer,
  azurerm_postgresql_flexible_server: azurermPostgresqlFlexibleServer,
  azurerm_postgresql_server: azurermSingleServer,
  azurerm_public_ip: azurermPublicIp,
  azurerm_redis_cache: azurermRedisCache,
  azurerm_service_plan: azurermServicePlan,
  azurerm_servicebus_namespace: azurermServicebusNamespace,
  azurerm_signalr_service: azurermSignalrService,
  azurerm_sql_database: azurermSqlDatabase,
  azurerm_sql_elasticpool: azurermElasticPool,
  azurerm_sql_managed_instance: azureManagedInstance("Cores", "Storage"),
  azurerm_storage_account: azurermStorageAccount,
  azurerm_storage_queue: azurermStorageQueue,
  azurerm_storage_share: azurermStorageShare,
  azurerm_virtual_machine: azurermVirtualMachine,
  azurerm_virtual_machine_scale_set: azurermVirtualMachineScaleSet,
  azurerm_virtual_network_gateway: azurermVirtualNetworkGateway,
  azurerm_virtual_network_gateway_connection: azurermVirtualNetworkGatewayConnection,
  azurerm_windows_function_app: azurermFunctionApp,
  azurerm_windows_virtual_machine: azureVirtualMachine("Windows"),
  azurerm_windows_virtual_machine_scale_set: azureScaleSet("Windows"),
};
