import type { PricedType } from "#server/cost/priced-type.ts";
import { awsAppautoscalingTarget } from "./appautoscaling.ts";
import { awsAutoscalingGroup } from "./aws-autoscaling-group.ts";
import { awsCloudfrontDistribution } from "./aws-cloudfront-distribution.ts";
import { awsDataTransfer } from "./aws-data-transfer.ts";
import {
  awsDirectoryServiceDirectory,
  awsDmsReplicationInstance,
  awsDocdbClusterInstance,
  awsGlueCrawler,
  awsGlueJob,
  awsMwaaEnvironment,
  awsNeptuneClusterInstance,
} from "./aws-databases.ts";
import { awsDbInstance } from "./aws-db-instance.ts";
import { awsDynamodbTable } from "./aws-dynamodb-table.ts";
import { awsEbsSnapshot, awsEbsSnapshotCopy, awsEbsVolume, awsEc2Host } from "./aws-ebs.ts";
import { awsEcsService } from "./aws-ecs-service.ts";
import { awsEksFargateProfile, awsEksNodeGroup } from "./aws-eks.ts";
import { awsElasticacheCluster, awsElasticacheReplicationGroup } from "./aws-elasticache.ts";
import { awsInstance, awsSpotInstanceRequest } from "./aws-instance.ts";
import { awsLambdaFunction, awsLambdaProvisionedConcurrencyConfig } from "./aws-lambda-function.ts";
import {
  awsKinesisFirehoseDeliveryStream,
  awsKinesisStream,
  awsMqBroker,
  awsMskCluster,
  awsSnsTopic,
  awsSnsTopicSubscription,
} from "./aws-messaging.ts";
import { awsMeteredTypes } from "./aws-metered.ts";
import { awsEip, awsElb, awsLb, awsNatGateway } from "./aws-network.ts";
import {
  awsApiGatewayStage,
  awsApigatewayv2Api,
  awsCloudwatchMetricAlarm,
  awsCodebuildProject,
  awsSfnStateMachine,
  awsSsmParameter,
  awsVpcEndpoint,
  awsWafv2WebAcl,
  awsWafWebAcl,
} from "./aws-platform.ts";
import { awsRdsCluster, awsRdsClusterInstance } from "./aws-rds-cluster.ts";
import { awsRedshiftCluster } from "./aws-redshift-cluster.ts";
import { awsS3Bucket } from "./aws-s3-bucket.ts";
import { searchDomain } from "./aws-search-domain.ts";
import { awsEksCluster, awsKmsKey, awsSecretsmanagerSecret, awsSqsQueue } from "./aws-simple.ts";
import { awsEfsFileSystem, awsFsxOpenzfsFileSystem, awsFsxWindowsFileSystem } from "./aws-storage.ts";
import { azurermFunctionApp, azurermMssqlDatabase, azurermSingleServer } from "./azure-databases.ts";
import { azurermManagedDisk } from "./azure-disk.ts";
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
import { azurermVirtualMachine, azureScaleSet, azureVirtualMachine } from "./azure-machine.ts";
import { azureMeteredTypes } from "./azure-metered.ts";
import {
  azurermAppServicePlan,
  azurermContainerRegistry,
  azurermFlexibleServer,
  azurermLb,
  azurermPublicIp,
  azurermRedisCache,
  azurermServicePlan,
} from "./azure-simple.ts";
import { azurermStorageAccount } from "./azure-storage-account.ts";
import { googleComputeInstance } from "./google-compute-instance.ts";
import { googleContainerCluster, googleContainerNodePool } from "./google-container-cluster.ts";
import { googleComputeDisk, googleComputeImage, googleComputeSnapshot } from "./google-disk.ts";
import { googleInstanceGroupManager } from "./google-instance-group.ts";
import { googleMeteredTypes } from "./google-metered.ts";
import {
  googleCloudfunctionsFunction,
  googleComputeAddress,
  googleComputeExternalVpnGateway,
  googleComputeGlobalAddress,
  googlePairedEgress,
  googleRedisCluster,
} from "./google-network.ts";
import { googleComputeRouterNat, googlePubsubTopic, googleRedisInstance } from "./google-simple.ts";
import { googleSqlDatabaseInstance } from "./google-sql-database-instance.ts";
import { googleStorageBucket } from "./google-storage-bucket.ts";

const aws: Record<string, PricedType> = {
  aws_alb: awsLb,
  aws_appautoscaling_target: awsAppautoscalingTarget,
  aws_autoscaling_group: awsAutoscalingGroup,
  aws_cloudfront_distribution: awsCloudfrontDistribution,
  aws_data_transfer: awsDataTransfer,
  aws_db_instance: awsDbInstance,
  aws_dynamodb_table: awsDynamodbTable,
  aws_ebs_snapshot: awsEbsSnapshot,
  aws_ebs_snapshot_copy: awsEbsSnapshotCopy,
  aws_ebs_volume: awsEbsVolume,
  aws_ec2_host: awsEc2Host,
  aws_ecs_service: awsEcsService,
  aws_eip: awsEip,
  aws_eks_cluster: awsEksCluster,
  aws_elasticache_cluster: awsElasticacheCluster,
  aws_elasticache_replication_group: awsElasticacheReplicationGroup,
  aws_elasticsearch_domain: searchDomain("aws_elasticsearch_domain", "elasticsearch"),
  aws_elb: awsElb,
  aws_instance: awsInstance,
  aws_kms_key: awsKmsKey,
  aws_lambda_function: awsLambdaFunction,
  aws_lambda_provisioned_concurrency_config: awsLambdaProvisionedConcurrencyConfig,
  aws_lb: awsLb,
  aws_nat_gateway: awsNatGateway,
  aws_opensearch_domain: searchDomain("aws_opensearch_domain", "search"),
  aws_rds_cluster: awsRdsCluster,
  aws_rds_cluster_instance: awsRdsClusterInstance,
  aws_redshift_cluster: awsRedshiftCluster,
  aws_s3_bucket: awsS3Bucket,
  aws_secretsmanager_secret: awsSecretsmanagerSecret,
  aws_api_gateway_stage: awsApiGatewayStage,
  aws_apigatewayv2_api: awsApigatewayv2Api,
  aws_cloudwatch_metric_alarm: awsCloudwatchMetricAlarm,
  aws_codebuild_project: awsCodebuildProject,
  aws_directory_service_directory: awsDirectoryServiceDirectory,
  aws_dms_replication_instance: awsDmsReplicationInstance,
  aws_docdb_cluster_instance: awsDocdbClusterInstance,
  aws_efs_file_system: awsEfsFileSystem,
  aws_eks_fargate_profile: awsEksFargateProfile,
  aws_eks_node_group: awsEksNodeGroup,
  aws_fsx_openzfs_file_system: awsFsxOpenzfsFileSystem,
  aws_fsx_windows_file_system: awsFsxWindowsFileSystem,
  aws_glue_crawler: awsGlueCrawler,
  aws_glue_job: awsGlueJob,
  aws_kinesis_firehose_delivery_stream: awsKinesisFirehoseDeliveryStream,
  aws_kinesis_stream: awsKinesisStream,
  aws_mq_broker: awsMqBroker,
  aws_msk_cluster: awsMskCluster,
  aws_mwaa_environment: awsMwaaEnvironment,
  aws_neptune_cluster_instance: awsNeptuneClusterInstance,
  aws_sfn_state_machine: awsSfnStateMachine,
  aws_sns_topic: awsSnsTopic,
  aws_sns_topic_subscription: awsSnsTopicSubscription,
  aws_spot_instance_request: awsSpotInstanceRequest,
  aws_ssm_parameter: awsSsmParameter,
  aws_vpc_endpoint: awsVpcEndpoint,
  aws_waf_web_acl: awsWafWebAcl,
  aws_wafv2_web_acl: awsWafv2WebAcl,
  aws_sqs_queue: awsSqsQueue,
};

const azure: Record<string, PricedType> = {
  azurerm_api_management: azurermApiManagement,
  azurerm_eventhub_namespace: azurermEventhubNamespace,
  azurerm_firewall: azurermFirewall,
  azurerm_function_app: azurermFunctionApp,
  azurerm_linux_function_app: azurermFunctionApp,
  azurerm_mariadb_server: azurermSingleServer,
  azurerm_mssql_database: azurermMssqlDatabase,
  azurerm_mysql_server: azurermSingleServer,
  azurerm_postgresql_server: azurermSingleServer,
  azurerm_servicebus_namespace: azurermServicebusNamespace,
  azurerm_signalr_service: azurermSignalrService,
  azurerm_virtual_network_gateway: azurermVirtualNetworkGateway,
  azurerm_virtual_network_gateway_connection: azurermVirtualNetworkGatewayConnection,
  azurerm_windows_function_app: azurermFunctionApp,
  azurerm_app_service_plan: azurermAppServicePlan,
  azurerm_container_registry: azurermContainerRegistry,
  azurerm_kubernetes_cluster: azurermKubernetesCluster,
  azurerm_kubernetes_cluster_node_pool: azurermKubernetesClusterNodePool,
  azurerm_lb: azurermLb,
  azurerm_linux_virtual_machine: azureVirtualMachine("Linux"),
  azurerm_linux_virtual_machine_scale_set: azureScaleSet("Linux"),
  azurerm_managed_disk: azurermManagedDisk,
  azurerm_mysql_flexible_server: azurermFlexibleServer,
  azurerm_postgresql_flexible_server: azurermFlexibleServer,
  azurerm_public_ip: azurermPublicIp,
  azurerm_redis_cache: azurermRedisCache,
  azurerm_service_plan: azurermServicePlan,
  azurerm_storage_account: azurermStorageAccount,
  azurerm_virtual_machine: azurermVirtualMachine,
  azurerm_windows_virtual_machine: azureVirtualMachine("Windows"),
  azurerm_windows_virtual_machine_scale_set: azureScaleSet("Windows"),
};

const google: Record<string, PricedType> = {
  google_cloudfunctions_function: googleCloudfunctionsFunction,
  google_compute_address: googleComputeAddress,
  google_compute_external_vpn_gateway: googleComputeExternalVpnGateway,
  google_compute_global_address: googleComputeGlobalAddress,
  google_compute_ha_vpn_gateway: googlePairedEgress("IPSec traffic"),
  google_compute_vpn_gateway: googlePairedEgress("IPSec traffic"),
  google_redis_cluster: googleRedisCluster,
  google_service_networking_connection: googlePairedEgress("Traffic"),
  google_compute_disk: googleComputeDisk,
  google_compute_image: googleComputeImage,
  google_compute_instance: googleComputeInstance,
  google_compute_instance_group_manager: googleInstanceGroupManager,
  google_compute_machine_image: googleComputeImage,
  google_compute_region_disk: googleComputeDisk,
  google_compute_region_instance_group_manager: googleInstanceGroupManager,
  google_compute_router_nat: googleComputeRouterNat,
  google_compute_snapshot: googleComputeSnapshot,
  google_container_cluster: googleContainerCluster,
  google_container_node_pool: googleContainerNodePool,
  google_pubsub_topic: googlePubsubTopic,
  google_redis_instance: googleRedisInstance,
  google_sql_database_instance: googleSqlDatabaseInstance,
  google_storage_bucket: googleStorageBucket,
};

/** Every Terraform type that has a price, and the rule that finds it. */
export const pricedTypes: Readonly<Record<string, PricedType>> = {
  ...awsMeteredTypes,
  ...azureMeteredTypes,
  ...googleMeteredTypes,
  ...aws,
  ...azure,
  ...google,
};
