import type { Tier } from "#server/cost/line.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { type HourlyPart, type MeteredPart, type MonthlyPart, meteredType, type UsagePart } from "./metered-type.ts";

const million = 1_000_000;
const pib = 1_048_576;

function usage(name: string, unit: string, key: string, per = 1): UsagePart {
  return { kind: "usage", name, unit, usage: key, per };
}
const hour = (name: string): HourlyPart => ({ kind: "hourly", name, unit: "hours" });
const month = (name: string): MonthlyPart => ({ kind: "monthly", name, unit: "months" });

const dataTiers: readonly Tier[] = [
  { label: "first 1PB", upTo: pib },
  { label: "next 4PB", upTo: 5 * pib },
  { label: "over 5PB" },
];
const queryTiers: readonly Tier[] = [{ label: "first 1B", upTo: 1_000_000_000 }, { label: "over 1B" }];
const dnsQueries: UsagePart = { ...usage("DNS queries", "1M queries", "monthly_queries", million), tiers: queryTiers };
const outboundTiers: readonly Tier[] = [
  { label: "first 10TB", upTo: 10_240 },
  { label: "next 40TB", upTo: 51_200 },
  { label: "next 100TB", upTo: 153_600 },
];

/** Rules of a basic balancer are free. */
const balancerRule: PricedType = {
  free(resource) {
    const [balancer] = resource.targets("loadbalancer_id", "azurerm_lb");
    return balancer && (balancer.text("sku") ?? "Basic") === "Basic"
      ? "rules of the basic load balancer are free"
      : null;
  },
  ...meteredType([hour("Rule usage")]),
};

const gatewayHour = (resource: ResourceView): MeteredPart[] => {
  const sku = resource.block("sku");
  const tier = sku?.text("tier") ?? "";
  const isV2 = /_v2$/i.test(tier);
  const label = tier.startsWith("WAF") ? "WAF" : "basic";
  const units = resource.block("autoscale_configuration")?.number("min_capacity") ?? sku?.number("capacity") ?? 1;
  if (!isV2) return [{ ...hour(`Gateway usage (${tier})`), times: () => units }];
  const stated = usage(`V2 capacity units (${label})`, "CU", "monthly_v2_capacity_units");
  return [hour(`Gateway usage (${label} v2)`), stated];
};

const meters: Record<string, PricedType> = {
  azurerm_application_gateway: { lines: (resource) => meteredType(gatewayHour(resource)).lines(resource) },
  azurerm_bastion_host: meteredType([
    hour("Bastion host"),
    { ...usage("Outbound data transfer", "GB", "monthly_outbound_data_gb"), tiers: outboundTiers },
  ]),
  azurerm_dns_zone: meteredType([month("Hosted zone")]),
  azurerm_private_dns_zone: meteredType([month("Hosted zone")]),
  azurerm_private_dns_resolver_dns_forwarding_ruleset: meteredType([month("Forwarding ruleset")]),
  azurerm_private_dns_resolver_inbound_endpoint: meteredType([month("Inbound endpoint")]),
  azurerm_private_dns_resolver_outbound_endpoint: meteredType([month("Outbound endpoint")]),
  azurerm_eventgrid_system_topic: meteredType([usage("Operations", "100k operations", "monthly_operations", 100_000)]),
  azurerm_eventgrid_topic: meteredType([usage("Operations", "100k operations", "monthly_operations", 100_000)]),
  azurerm_express_route_connection: meteredType([hour("ER Connections")]),
  azurerm_image: meteredType([usage("Storage", "GB", "storage_gb")]),
  azurerm_snapshot: meteredType([usage("Storage", "GB", "storage_gb")]),
  azurerm_key_vault_certificate: meteredType([
    usage("Certificate renewals", "requests", "monthly_certificate_renewal_requests"),
    usage("Certificate operations", "10K transactions", "monthly_certificate_other_operations", 10_000),
  ]),
  azurerm_key_vault_managed_hardware_security_module: meteredType([hour("HSM pools")]),
  azurerm_lb_rule: balancerRule,
  azurerm_lb_outbound_rule: balancerRule,
  azurerm_log_analytics_workspace: meteredType([
    usage("Log data ingestion", "GB", "monthly_log_data_ingestion_gb"),
    usage("Log data retention", "GB", "monthly_additional_log_data_retention_gb"),
    usage("Log data export", "GB", "monthly_log_data_export_gb"),
    usage("Basic log data ingestion", "GB", "monthly_basic_log_data_ingestion_gb"),
    usage("Basic log search queries", "GB searched", "monthly_basic_log_search_gb"),
    usage("Archive data", "GB", "monthly_archive_data_gb"),
    usage("Archive data restored", "GB", "monthly_archive_data_restored_gb"),
    usage("Archive data searched", "GB", "monthly_archive_data_searched_gb"),
  ]),
  azurerm_nat_gateway: meteredType([hour("NAT gateway"), usage("Data processed", "GB", "monthly_data_processed_gb")]),
  azurerm_private_endpoint: meteredType([
    { kind: "hourly", name: "Private endpoint", unit: "hours" },
    { ...usage("Inbound data processed", "GB", "monthly_inbound_data_processed_gb"), tiers: dataTiers },
    { ...usage("Outbound data processed", "GB", "monthly_outbound_data_processed_gb"), tiers: dataTiers },
  ]),
  azurerm_public_ip_prefix: meteredType([hour("IP prefix")]),
  azurerm_virtual_hub: meteredType([hour("Deployment"), usage("Data processed", "GB", "monthly_data_processed_gb")]),
  azurerm_network_ddos_protection_plan: meteredType([
    hour("DDoS Protection Plan"),
    usage("Overage charges", "resource", "overage_amount"),
  ]),
  azurerm_traffic_manager_profile: meteredType([
    { ...usage("DNS queries", "1M queries", "monthly_dns_queries", million), tiers: queryTiers },
    {
      ...usage("Traffic view", "1M data points", "monthly_traffic_view_data_points", million),
      applies: (resource) => resource.flag("traffic_view_enabled") ?? false,
    },
  ]),
  azurerm_application_insights: meteredType([usage("Data ingested", "GB", "monthly_data_ingested_gb")]),
  azurerm_application_insights_web_test: meteredType([
    {
      kind: "monthly",
      name: "Multi-step web test",
      unit: "test",
      applies: (resource) => resource.text("kind") === "multistep" && (resource.flag("enabled") ?? true),
    },
  ]),
  azurerm_databricks_workspace: meteredType(
    [
      usage("All-purpose compute DBUs", "DBU-hours", "monthly_all_purpose_compute_dbu_hrs"),
      usage("Jobs compute DBUs", "DBU-hours", "monthly_jobs_compute_dbu_hrs"),
      usage("Jobs light compute DBUs", "DBU-hours", "monthly_jobs_light_compute_dbu_hrs"),
    ].map((part) => ({ ...part, attributes: (resource) => ({ sku: resource.text("sku") ?? "standard" }) })),
  ),
  azurerm_automation_account: meteredType([
    usage("Job run time", "minutes", "monthly_job_run_mins"),
    usage("Non-azure config nodes", "nodes", "non_azure_config_node_count"),
    usage("Watcher", "hours", "monthly_watcher_hrs"),
  ]),
  azurerm_automation_job_schedule: meteredType([usage("Job run time", "minutes", "monthly_job_run_mins")]),
};

for (const kind of ["a", "aaaa", "caa", "cname", "mx", "ns", "ptr", "srv", "txt"]) {
  meters[`azurerm_dns_${kind}_record`] = meteredType([dnsQueries]);
  meters[`azurerm_private_dns_${kind}_record`] = meteredType([dnsQueries]);
}

export const azureMeteredTypes: Readonly<Record<string, PricedType>> = meters;
