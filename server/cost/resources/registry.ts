import type { PricedType } from "#server/cost/priced-type.ts";
import { awsAppautoscalingTarget } from "./appautoscaling.ts";
import { awsAutoscalingGroup } from "./aws-autoscaling-group.ts";
import { awsCloudfrontDistribution } from "./aws-cloudfront-distribution.ts";
import { awsDataTransfer } from "./aws-data-transfer.ts";
import { awsDbInstance } from "./aws-db-instance.ts";
import { awsDynamodbTable } from "./aws-dynamodb-table.ts";
import { awsEbsSnapshot, awsEbsSnapshotCopy, awsEbsVolume, awsEc2Host } from "./aws-ebs.ts";
import { awsEcsService } from "./aws-ecs-service.ts";
import { awsElasticacheCluster, awsElasticacheReplicationGroup } from "./aws-elasticache.ts";
import { awsInstance, awsSpotInstanceRequest } from "./aws-instance.ts";
import { awsLambdaFunction, awsLambdaProvisionedConcurrencyConfig } from "./aws-lambda-function.ts";
import { awsMeteredTypes } from "./aws-metered.ts";
import { awsEip, awsElb, awsLb, awsNatGateway } from "./aws-network.ts";
import { awsRdsCluster, awsRdsClusterInstance } from "./aws-rds-cluster.ts";
import { awsRedshiftCluster } from "./aws-redshift-cluster.ts";
import { awsS3Bucket } from "./aws-s3-bucket.ts";
import { searchDomain } from "./aws-search-domain.ts";
import { awsEksCluster, awsKmsKey, awsSecretsmanagerSecret, awsSqsQueue } from "./aws-simple.ts";
import { azurermManagedDisk } from "./azure-disk.ts";
import { azurermKubernetesCluster, azurermKubernetesClusterNodePool } from "./azure-kubernetes-cluster.ts";
import { azurermVirtualMachine, azureScaleSet, azureVirtualMachine } from "./azure-machine.ts";
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
  aws_spot_instance_request: awsSpotInstanceRequest,
  aws_sqs_queue: awsSqsQueue,
};

const azure: Record<string, PricedType> = {
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
export const pricedTypes: Readonly<Record<string, PricedType>> = { ...awsMeteredTypes, ...aws, ...azure, ...google };
