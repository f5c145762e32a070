/** Providers whose resources live in the state alone: names, keys, waits, local files. They are not counted. */
const helperPrefixes = [
  "null",
  "random",
  "time",
  "local",
  "tls",
  "template",
  "external",
  "archive",
  "terraform",
  "http",
];
const helperTypes = new RegExp(`^(${helperPrefixes.join("|")})_`);

export function isHelperType(type: string): boolean {
  return helperTypes.test(type);
}

/** Types that exist in usage files only. */
export const usagePseudoTypes: ReadonlySet<string> = new Set(["aws_data_transfer"]);

/** Free types that the price sheets' own list leaves out: what they set up is billed where it runs. */
const alsoFree: ReadonlySet<string> = new Set([
  "aws_vpc",
  "aws_subnet",
  "aws_ecs_cluster",
  "aws_ecs_cluster_capacity_providers",
  "aws_ecs_task_definition",
  "aws_ecs_task_set",
  "aws_eip_association",
  "aws_dynamodb_resource_policy",
  "aws_ecs_capacity_provider",
  "aws_kinesis_stream_consumer",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_versioning",
  "azurerm_backup_protected_vm",
  "azurerm_cosmosdb_account",
  "azurerm_log_analytics_solution",
  "google_compute_autoscaler",
  "google_compute_per_instance_config",
  "google_compute_region_autoscaler",
  "google_compute_region_instance_template",
  "google_compute_target_pool",
  "aws_cloudwatch_event_target",
  "aws_flow_log",
  "google_organization_iam_policy",
]);

export function isAlsoFree(type: string): boolean {
  return alsoFree.has(type) || type.startsWith("github_");
}
