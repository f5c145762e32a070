import type { Tier } from "#server/cost/line.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { type MeteredPart, meteredType } from "./metered-type.ts";

const million = 1_000_000;
const billion = 1_000_000_000;

function usage(name: string, unit: string, key: string, per = 1): MeteredPart {
  return { kind: "usage", name, unit, usage: key, per };
}

function tiers(...steps: (readonly [label: string, upTo?: number])[]): Tier[] {
  return steps.map(([label, upTo]) => (upTo === undefined ? { label } : { label, upTo }));
}

const queries = tiers(["first 1B", billion], ["over 1B"]);
const ruleEvaluations: MeteredPart = {
  kind: "usage",
  name: "Rule evaluations",
  unit: "evaluations",
  usage: "monthly_rule_evaluations",
  tiers: tiers(["first 100K", 100_000], ["next 400K", 500_000], ["over 500K"]),
};

const isPrivateCertificate = (resource: ResourceView) => resource.text("certificate_authority_arn") === undefined;

/** Services whose bill is a list of meters. The names are those of the price sheets. */
export const awsMeteredTypes: Record<string, PricedType> = {
  aws_acm_certificate: {
    free: (resource) => (isPrivateCertificate(resource) ? "public certificates are free" : null),
    ...meteredType([{ kind: "monthly", name: "Certificate", unit: "requests" }]),
  },
  aws_api_gateway_rest_api: meteredType([
    {
      kind: "usage",
      name: "Requests",
      unit: "1M requests",
      usage: "monthly_requests",
      per: million,
      tiers: tiers(["first 333M", 333 * million], ["next 667M", billion], ["next 19B", 20 * billion], ["over 20B"]),
    },
  ]),
  aws_backup_vault: meteredType([
    usage("EFS backup (warm)", "GB", "monthly_efs_warm_backup_gb"),
    usage("EFS backup (cold)", "GB", "monthly_efs_cold_backup_gb"),
    usage("EFS restore (warm)", "GB", "monthly_efs_warm_restore_gb"),
    usage("EFS restore (cold)", "GB", "monthly_efs_cold_restore_gb"),
    usage("EFS restore (item-level)", "requests", "monthly_efs_item_restore_requests"),
    usage("EBS snapshot", "GB", "monthly_ebs_snapshot_gb"),
    usage("RDS snapshot", "GB", "monthly_rds_snapshot_gb"),
    usage("Aurora snapshot", "GB", "monthly_aurora_snapshot_gb"),
    usage("DynamoDB backup", "GB", "monthly_dynamodb_backup_gb"),
    usage("DynamoDB restore", "GB", "monthly_dynamodb_restore_gb"),
    usage("FSx for Windows backup", "GB", "monthly_fsx_windows_backup_gb"),
    usage("FSx for Lustre backup", "GB", "monthly_fsx_lustre_backup_gb"),
  ]),
  aws_cloudformation_stack: meteredType([
    usage("Handler operations", "operations", "monthly_handler_operations"),
    usage("Durations above 30s", "seconds", "monthly_duration_secs"),
  ]),
  aws_cloudformation_stack_set: meteredType([
    usage("Handler operations", "operations", "monthly_handler_operations"),
    usage("Durations above 30s", "seconds", "monthly_duration_secs"),
  ]),
  aws_cloudtrail: meteredType([
    usage("Management events (additional copies)", "100k events", "monthly_additional_management_events", 100_000),
    usage("Data events", "100k events", "monthly_data_events", 100_000),
    {
      ...usage("Insight events", "100k events", "monthly_insight_events", 100_000),
      applies: (resource) => resource.blocks("insight_selector").length > 0,
    },
  ]),
  aws_cloudwatch_dashboard: meteredType([{ kind: "monthly", name: "Dashboard", unit: "months" }]),
  aws_cloudwatch_event_bus: meteredType([
    usage("Custom events published", "1M events", "monthly_custom_events", million),
    usage("Third-party events published", "1M events", "monthly_third_party_events", million),
    usage("Archive processing", "GB", "monthly_archive_processing_gb"),
    usage("Archive storage", "GB", "archive_storage_gb"),
    usage("Schema discovery", "1M events", "monthly_schema_discovery_events", million),
  ]),
  aws_cloudwatch_log_group: meteredType([
    usage("Data ingested", "GB", "monthly_data_ingested_gb"),
    usage("Archival Storage", "GB", "storage_gb"),
    usage("Insights queries data scanned", "GB", "monthly_data_scanned_gb"),
  ]),
  aws_config_config_rule: meteredType([ruleEvaluations]),
  aws_config_organization_custom_rule: meteredType([ruleEvaluations]),
  aws_config_organization_managed_rule: meteredType([ruleEvaluations]),
  aws_config_configuration_recorder: meteredType([
    usage("Config items", "records", "monthly_config_items"),
    usage("Custom config items", "records", "monthly_custom_config_items"),
  ]),
  aws_docdb_cluster: meteredType([usage("Backup storage", "GB", "backup_storage_gb")]),
  aws_docdb_cluster_snapshot: meteredType([usage("Backup storage", "GB", "backup_storage_gb")]),
  aws_dx_gateway_association: meteredType([
    { kind: "hourly", name: "Transit gateway attachment", unit: "hours" },
    usage("Data processed", "GB", "monthly_data_processed_gb"),
  ]),
  aws_ec2_client_vpn_endpoint: meteredType([{ kind: "hourly", name: "Connection", unit: "hours" }]),
  aws_ec2_client_vpn_network_association: meteredType([
    { kind: "hourly", name: "Endpoint association", unit: "hours" },
  ]),
  aws_ec2_traffic_mirror_session: meteredType([{ kind: "hourly", name: "Traffic mirror", unit: "hours" }]),
  aws_ec2_transit_gateway_peering_attachment: meteredType([
    { kind: "hourly", name: "Transit gateway attachment", unit: "hours" },
  ]),
  aws_ec2_transit_gateway_vpc_attachment: meteredType([
    { kind: "hourly", name: "Transit gateway attachment", unit: "hours" },
    usage("Data processed", "GB", "monthly_data_processed_gb"),
  ]),
  aws_ecr_repository: meteredType([usage("Storage", "GB", "storage_gb")]),
  aws_glue_catalog_database: meteredType([
    usage("Storage", "100k objects", "monthly_objects", 100_000),
    usage("Requests", "1M requests", "monthly_requests", million),
  ]),
  aws_grafana_workspace: meteredType([
    usage("Editor/administrator licenses", "users", "editor_administrator_licenses"),
    usage("Viewer licenses", "users", "viewer_licenses"),
  ]),
  aws_kms_external_key: meteredType([{ kind: "monthly", name: "Customer master key", unit: "months" }]),
  aws_neptune_cluster: meteredType([
    usage("Storage", "GB", "storage_gb"),
    usage("I/O requests", "1M request", "monthly_io_requests", million),
    usage("Backup storage", "GB", "backup_storage_gb"),
  ]),
  aws_neptune_cluster_snapshot: meteredType([usage("Backup storage", "GB", "backup_storage_gb")]),
  aws_networkfirewall_firewall: meteredType([
    {
      kind: "hourly",
      name: "Network Firewall Endpoint",
      unit: "hours",
      times: (resource) => Math.max(1, resource.blocks("subnet_mapping").length),
    },
    usage("Data Processed", "GB", "monthly_data_processed_gb"),
  ]),
  aws_route53_record: {
    free: (resource) => (resource.blocks("alias").length > 0 ? "queries to an alias are free" : null),
    ...meteredType([
      {
        kind: "usage",
        name: "Standard queries",
        unit: "1M queries",
        usage: "monthly_standard_queries",
        per: million,
        tiers: queries,
      },
      {
        kind: "usage",
        name: "Latency based routing queries",
        unit: "1M queries",
        usage: "monthly_latency_based_queries",
        per: million,
        tiers: queries,
      },
      {
        kind: "usage",
        name: "Geo DNS queries",
        unit: "1M queries",
        usage: "monthly_geo_queries",
        per: million,
        tiers: queries,
      },
    ]),
  },
  aws_route53_resolver_endpoint: meteredType([
    {
      kind: "hourly",
      name: "Resolver endpoints",
      unit: "hours",
      times: (resource) => Math.max(1, resource.blocks("ip_address").length),
    },
    { kind: "usage", name: "DNS queries", unit: "1M queries", usage: "monthly_queries", per: million, tiers: queries },
  ]),
  aws_route53_zone: meteredType([{ kind: "monthly", name: "Hosted zone", unit: "months" }]),
  aws_s3_bucket_analytics_configuration: meteredType([
    usage("Objects monitored", "1M objects", "monthly_monitored_objects", million),
  ]),
  aws_s3_bucket_inventory: meteredType([usage("Objects listed", "1M objects", "monthly_listed_objects", million)]),
  aws_ssm_activation: {
    free: (resource) =>
      resource.usage.text("instance_tier") === "advanced" ? null : "standard managed instances are free",
    ...meteredType([
      {
        kind: "hourly",
        name: "On-prem managed instances (advanced)",
        unit: "hours",
        times: (resource) => resource.usage.number("instances") ?? resource.number("registration_limit") ?? 1,
      },
    ]),
  },
  aws_vpn_connection: meteredType([
    { kind: "hourly", name: "VPN connection", unit: "hours" },
    {
      kind: "hourly",
      name: "Transit gateway attachment",
      unit: "hours",
      applies: (resource) =>
        resource.isUnknown("transit_gateway_id") || resource.text("transit_gateway_id") !== undefined,
    },
    {
      ...usage("Data processed", "GB", "monthly_data_processed_gb"),
      applies: (resource) =>
        resource.isUnknown("transit_gateway_id") || resource.text("transit_gateway_id") !== undefined,
    },
  ]),
  aws_transfer_server: meteredType([
    ...["SFTP", "FTPS", "FTP"].map(
      (protocol): MeteredPart => ({
        kind: "hourly",
        name: `${protocol} protocol enabled`,
        unit: "hours",
        applies: (resource) => {
          const protocols = resource.list("protocols");
          return protocols.length === 0 ? protocol === "SFTP" : protocols.includes(protocol);
        },
      }),
    ),
    usage("Data downloaded", "GB", "monthly_data_downloaded_gb"),
    usage("Data uploaded", "GB", "monthly_data_uploaded_gb"),
  ]),
};
