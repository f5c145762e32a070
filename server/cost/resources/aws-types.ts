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
import { awsDxConnection, awsLightsailInstance } from "./aws-direct-connect.ts";
import { awsDynamodbTable } from "./aws-dynamodb-table.ts";
import { awsEbsSnapshot, awsEbsSnapshotCopy, awsEbsVolume, awsEc2Host } from "./aws-ebs.ts";
import { awsEcsService } from "./aws-ecs-service.ts";
import { awsEksFargateProfile, awsEksNodeGroup } from "./aws-eks.ts";
import { awsElasticacheCluster, awsElasticacheReplicationGroup } from "./aws-elasticache.ts";
import { awsInstance, awsSpotInstanceRequest } from "./aws-instance.ts";
import { awsKinesisFirehoseDeliveryStream, awsKinesisStream } from "./aws-kinesis.ts";
import { awsLambdaFunction, awsLambdaProvisionedConcurrencyConfig } from "./aws-lambda-function.ts";
import { awsMqBroker, awsMskCluster, awsSnsTopic, awsSnsTopicSubscription } from "./aws-messaging.ts";
import { awsMeteredTypes } from "./aws-metered.ts";
import { awsMoreTypes } from "./aws-more.ts";
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

/** Every priced type of Amazon. */
export const awsTypes: Readonly<Record<string, PricedType>> = {
  ...awsMeteredTypes,
  ...awsMoreTypes,
  aws_alb: awsLb,
  aws_api_gateway_stage: awsApiGatewayStage,
  aws_apigatewayv2_api: awsApigatewayv2Api,
  aws_appautoscaling_target: awsAppautoscalingTarget,
  aws_autoscaling_group: awsAutoscalingGroup,
  aws_cloudfront_distribution: awsCloudfrontDistribution,
  aws_cloudwatch_metric_alarm: awsCloudwatchMetricAlarm,
  aws_codebuild_project: awsCodebuildProject,
  aws_data_transfer: awsDataTransfer,
  aws_db_instance: awsDbInstance,
  aws_directory_service_directory: awsDirectoryServiceDirectory,
  aws_dms_replication_instance: awsDmsReplicationInstance,
  aws_dx_connection: awsDxConnection,
  aws_docdb_cluster_instance: awsDocdbClusterInstance,
  aws_dynamodb_table: awsDynamodbTable,
  aws_ebs_snapshot: awsEbsSnapshot,
  aws_ebs_snapshot_copy: awsEbsSnapshotCopy,
  aws_ebs_volume: awsEbsVolume,
  aws_ec2_host: awsEc2Host,
  aws_ecs_service: awsEcsService,
  aws_efs_file_system: awsEfsFileSystem,
  aws_eip: awsEip,
  aws_eks_cluster: awsEksCluster,
  aws_eks_fargate_profile: awsEksFargateProfile,
  aws_eks_node_group: awsEksNodeGroup,
  aws_elasticache_cluster: awsElasticacheCluster,
  aws_elasticache_replication_group: awsElasticacheReplicationGroup,
  aws_elasticsearch_domain: searchDomain("aws_elasticsearch_domain", "elasticsearch"),
  aws_elb: awsElb,
  aws_fsx_openzfs_file_system: awsFsxOpenzfsFileSystem,
  aws_fsx_windows_file_system: awsFsxWindowsFileSystem,
  aws_glue_crawler: awsGlueCrawler,
  aws_glue_job: awsGlueJob,
  aws_instance: awsInstance,
  aws_kinesis_firehose_delivery_stream: awsKinesisFirehoseDeliveryStream,
  aws_kinesis_stream: awsKinesisStream,
  aws_kms_key: awsKmsKey,
  aws_lambda_function: awsLambdaFunction,
  aws_lambda_provisioned_concurrency_config: awsLambdaProvisionedConcurrencyConfig,
  aws_lb: awsLb,
  aws_lightsail_instance: awsLightsailInstance,
  aws_mq_broker: awsMqBroker,
  aws_msk_cluster: awsMskCluster,
  aws_mwaa_environment: awsMwaaEnvironment,
  aws_nat_gateway: awsNatGateway,
  aws_neptune_cluster_instance: awsNeptuneClusterInstance,
  aws_opensearch_domain: searchDomain("aws_opensearch_domain", "search"),
  aws_rds_cluster: awsRdsCluster,
  aws_rds_cluster_instance: awsRdsClusterInstance,
  aws_redshift_cluster: awsRedshiftCluster,
  aws_s3_bucket: awsS3Bucket,
  aws_secretsmanager_secret: awsSecretsmanagerSecret,
  aws_sfn_state_machine: awsSfnStateMachine,
  aws_sns_topic: awsSnsTopic,
  aws_sns_topic_subscription: awsSnsTopicSubscription,
  aws_spot_instance_request: awsSpotInstanceRequest,
  aws_sqs_queue: awsSqsQueue,
  aws_ssm_parameter: awsSsmParameter,
  aws_vpc_endpoint: awsVpcEndpoint,
  aws_waf_web_acl: awsWafWebAcl,
  aws_wafv2_web_acl: awsWafv2WebAcl,
};
