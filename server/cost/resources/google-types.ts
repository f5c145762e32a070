import type { PricedType } from "#server/cost/priced-type.ts";
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
import {
  googleArtifactRegistryRepository,
  googleCloudRunV2Job,
  googleCloudRunV2Service,
  googleContainerRegistry,
} from "./google-registries.ts";
import { googleComputeRouterNat, googlePubsubTopic, googleRedisInstance } from "./google-simple.ts";
import { googleSqlDatabaseInstance } from "./google-sql-database-instance.ts";
import { googleStorageBucket } from "./google-storage-bucket.ts";

/** Every priced type of Google. */
export const googleTypes: Readonly<Record<string, PricedType>> = {
  ...googleMeteredTypes,
  google_artifact_registry_repository: googleArtifactRegistryRepository,
  google_cloud_run_v2_job: googleCloudRunV2Job,
  google_cloud_run_v2_service: googleCloudRunV2Service,
  google_cloudfunctions_function: googleCloudfunctionsFunction,
  google_compute_address: googleComputeAddress,
  google_compute_disk: googleComputeDisk,
  google_compute_external_vpn_gateway: googleComputeExternalVpnGateway,
  google_compute_global_address: googleComputeGlobalAddress,
  google_compute_ha_vpn_gateway: googlePairedEgress("IPSec traffic"),
  google_compute_image: googleComputeImage,
  google_compute_instance: googleComputeInstance,
  google_compute_instance_group_manager: googleInstanceGroupManager,
  google_compute_machine_image: googleComputeImage,
  google_compute_region_disk: googleComputeDisk,
  google_compute_region_instance_group_manager: googleInstanceGroupManager,
  google_compute_router_nat: googleComputeRouterNat,
  google_compute_snapshot: googleComputeSnapshot,
  google_compute_vpn_gateway: googlePairedEgress("IPSec traffic"),
  google_container_cluster: googleContainerCluster,
  google_container_node_pool: googleContainerNodePool,
  google_container_registry: googleContainerRegistry,
  google_pubsub_topic: googlePubsubTopic,
  google_redis_cluster: googleRedisCluster,
  google_redis_instance: googleRedisInstance,
  google_service_networking_connection: googlePairedEgress("Traffic"),
  google_sql_database_instance: googleSqlDatabaseInstance,
  google_storage_bucket: googleStorageBucket,
};
