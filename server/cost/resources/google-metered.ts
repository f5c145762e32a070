import { hourly, type Tier } from "#server/cost/line.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { type MeteredPart, meteredType, type UsagePart } from "./metered-type.ts";

const million = 1_000_000;

function usage(name: string, unit: string, key: string, per = 1): UsagePart {
  return { kind: "usage", name, unit, usage: key, per };
}

const proxy: readonly MeteredPart[] = [
  {
    kind: "hourly",
    name: "Proxy instance",
    unit: "hours",
    times: (resource) => resource.usage.number("monthly_proxy_instances") ?? 1,
  },
  usage("Data processed", "GB", "monthly_data_processed_gb"),
];
const forwarding: readonly MeteredPart[] = [
  { kind: "hourly", name: "Forwarding rules", unit: "hours" },
  usage("Ingress data", "GB", "monthly_ingress_data_gb"),
];
const logging = meteredType([usage("Logging data", "GB", "monthly_logging_data_gb")]);
const monitoringTiers: readonly Tier[] = [
  { label: "first 100K", upTo: 100_000 },
  { label: "next 150K", upTo: 250_000 },
  { label: "over 250K" },
];

/** Key versions in software cost the same for any algorithm; those in hardware get cheaper in numbers. */
const isHardwareKey = (resource: ResourceView) => {
  const template = resource.block("version_template");
  const algorithm = template?.text("algorithm") ?? "GOOGLE_SYMMETRIC_ENCRYPTION";
  const isLarge = !/SYMMETRIC_ENCRYPTION|2048|HMAC/.test(algorithm) && !/^EC_SIGN_P256$/.test(algorithm);
  return template?.text("protection_level") === "HSM" && isLarge;
};
const keyTiers: readonly Tier[] = [{ label: "first 2K", upTo: 2000 }, { label: "over 2K" }];

const meters: Record<string, PricedType> = {
  google_bigquery_dataset: meteredType([usage("Queries (on-demand)", "TB", "monthly_queries_tb")]),
  google_bigquery_table: meteredType([
    usage("Active storage", "GB", "monthly_active_storage_gb"),
    usage("Long-term storage", "GB", "monthly_long_term_storage_gb"),
    usage("Streaming inserts", "MB", "monthly_streaming_inserts_mb"),
    usage("Storage write API", "GB", "monthly_storage_write_api_gb"),
    usage("Storage read API", "TB", "monthly_storage_read_api_tb"),
  ]),
  google_compute_forwarding_rule: meteredType(forwarding),
  google_compute_global_forwarding_rule: meteredType(forwarding),
  google_compute_vpn_tunnel: {
    *lines() {
      yield hourly("VPN Tunnel", [
        { sku: "VPN Tunnel", unit: "hours" },
        { sku: "tunnel", unit: "hours" },
      ]);
    },
  },
  google_dns_managed_zone: meteredType([{ kind: "monthly", name: "Managed zone", unit: "months" }]),
  google_dns_record_set: meteredType([usage("Queries", "1M queries", "monthly_queries", million)]),
  google_kms_crypto_key: meteredType([
    { ...usage("Key versions", "months", "key_versions"), tiers: keyTiers, applies: isHardwareKey },
    { ...usage("Key versions", "months", "key_versions"), applies: (resource) => !isHardwareKey(resource) },
    usage("Operations", "10k operations", "monthly_key_operations", 10_000),
  ]),
  google_monitoring_metric_descriptor: meteredType([
    { ...usage("Monitoring data", "MB", "monthly_monitoring_data_mb"), tiers: monitoringTiers },
    usage("API calls", "1k calls", "monthly_api_calls", 1000),
  ]),
  google_pubsub_subscription: meteredType([
    usage("Message delivery data", "TiB", "monthly_message_data_tb"),
    usage("Retained acknowledged message storage", "GiB", "storage_gb"),
    usage("Snapshot message backlog storage", "GiB", "snapshot_storage_gb"),
  ]),
  google_secret_manager_secret: meteredType([
    {
      ...usage("Active secret versions", "versions", "active_secret_versions"),
      applies: (resource) => resource.sources("google_secret_manager_secret_version").length === 0,
    },
    usage("Access operations", "10K requests", "monthly_access_operations", 10_000),
    usage("Rotation notifications", "rotations", "monthly_rotation_notifications"),
  ]),
  google_secret_manager_secret_version: meteredType([
    { kind: "monthly", name: "Active secret versions", unit: "versions" },
    usage("Access operations", "10K requests", "monthly_access_operations", 10_000),
  ]),
};

const proxies = ["grpc", "http", "https", "ssl", "tcp"].map((kind) => `google_compute_target_${kind}_proxy`);
const regional = ["http", "https"].map((kind) => `google_compute_region_target_${kind}_proxy`);
for (const type of [...proxies, ...regional]) meters[type] = meteredType(proxy);
for (const scope of ["billing_account", "folder", "organization", "project"]) {
  meters[`google_logging_${scope}_bucket_config`] = logging;
  meters[`google_logging_${scope}_sink`] = logging;
}

export const googleMeteredTypes: Readonly<Record<string, PricedType>> = meters;
