import { fixed, hourly, hoursPerMonth, metered, type Tier, tiered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { table } from "#server/cost/table.ts";
import { meteredType } from "./metered-type.ts";

function per(count: number | undefined, unit: number): ReturnType<typeof amount> | null {
  return count === undefined ? null : amount(count).div(unit);
}

const hsmTiers: readonly Tier[] = [
  { label: "first 250", upTo: 250 },
  { label: "next 1250", upTo: 1500 },
  { label: "next 2500", upTo: 4000 },
  { label: "over 4000" },
];

function isPlainKey(resource: ResourceView): boolean {
  return resource.text("key_type")?.startsWith("RSA") === true && resource.number("key_size") === 2048;
}

const keyVaultKey: PricedType = {
  *lines(resource) {
    const { usage } = resource;
    const unit = "10K transactions";
    yield metered("Secrets operations", unit, per(usage.number("monthly_secrets_operations"), 10_000), {
      sku: "Secrets operations",
      unit,
    });
    const renewals = { sku: "Storage key rotations", unit: "renewals" };
    yield metered("Storage key rotations", "renewals", usage.number("monthly_key_rotation_renewals"), renewals);
    const operations = per(usage.number("monthly_protected_keys_operations"), 10_000);
    const isHsm = resource.text("key_type")?.endsWith("-HSM") ?? false;
    if (!isHsm) {
      const size = isPlainKey(resource) ? "2048" : "3072";
      const price = { sku: "Software-protected keys", unit, attributes: { key_size: size } };
      yield metered("Software-protected keys", unit, operations, price);
      return;
    }
    const name = "HSM-protected keys";
    if (isPlainKey(resource))
      yield metered(name, "months", usage.number("hsm_protected_keys"), { sku: name, unit: "months" });
    else {
      yield* tiered(hsmTiers, "months", usage.number("hsm_protected_keys"), (label) => {
        const tier = `${name} (${label})`;
        return { name: tier, prices: { sku: tier, unit: "months" } };
      });
    }
    yield metered(name, unit, operations, { sku: name, unit });
  },
};

const searchUnits = table<string>({
  basic: "Basic",
  standard: "Standard S1",
  standard2: "Standard S2",
  standard3: "Standard S3",
  storage_optimized_l1: "Storage Optimized L1",
  storage_optimized_l2: "Storage Optimized L2",
});
const imageTiers: readonly Tier[] = [
  { label: "first 1M", upTo: 1_000_000 },
  { label: "next 4M", upTo: 5_000_000 },
  { label: "over 5M" },
];

const searchService: PricedType = {
  free: (resource) => (resource.text("sku") === "free" ? "the free tier" : null),
  *lines(resource) {
    const sku = searchUnits[resource.text("sku") ?? ""] ?? resource.text("sku") ?? "";
    const units = (resource.number("partition_count") ?? 1) * (resource.number("replica_count") ?? 1);
    const name = `Search usage (${sku}, ${units} unit${units === 1 ? "" : "s"})`;
    yield hourly(name, { sku: name, unit: "hours" }, { hours: units * hoursPerMonth });
    yield* tiered(
      imageTiers,
      "1000 images",
      resource.usage.number("monthly_images_extracted"),
      (label) => {
        const tier = `Image extraction (${label})`;
        return { name: tier, prices: { sku: tier, unit: "1000 images" } };
      },
      { per: 1000 },
    );
  },
};

const metricAlert: PricedType = {
  free: (resource) => (resource.flag("enabled") === false ? "a disabled alert is free" : null),
  *lines(resource) {
    const series = (name: string) =>
      Math.max(0, resource.blocks(name).length) * Math.max(1, resource.list("scopes").length);
    const fixedCount = series("criteria") + series("application_insights_web_test_location_availability_criteria");
    const unit = "time-series";
    if (fixedCount > 0) yield fixed("Metrics monitoring", unit, fixedCount, { sku: "Metrics monitoring", unit });
    const dynamic = series("dynamic_criteria");
    if (dynamic > 0) {
      yield fixed("Metrics monitoring", unit, dynamic, { sku: "Metrics monitoring", unit });
      yield fixed("Dynamic threshold monitoring", unit, dynamic, { sku: "Dynamic threshold monitoring", unit });
    }
  },
};

const frequencies = [1, 5, 10, 15];

function frequencyOf(minutes: number): number {
  return [...frequencies].reverse().find((step) => step <= minutes) ?? 1;
}

const queryAlert: PricedType = {
  free: (resource) => (resource.flag("enabled") === false ? "a disabled alert is free" : null),
  *lines(resource) {
    const iso = /^P(?:T(?:(\d+)H)?(?:(\d+)M)?|1D)$/.exec(resource.text("evaluation_frequency") ?? "");
    const minutes = resource.number("frequency") ?? (iso ? Number(iso[1] ?? 0) * 60 + Number(iso[2] ?? 0) || 1440 : 5);
    const name = `Log alerts monitoring (${frequencyOf(minutes)} minute frequency)`;
    yield fixed(name, "rule", 1, { sku: name, unit: "rule" });
  },
};

const appConfiguration: PricedType = {
  free: (resource) => ((resource.text("sku") ?? "free").toLowerCase() === "free" ? "the free tier" : null),
  *lines(resource) {
    const replicas = resource.blocks("replica").length;
    const name = replicas === 0 ? "Instance" : `Instance (${replicas} replica${replicas === 1 ? "" : "s"})`;
    const prices = [
      { sku: name, unit: "days" },
      { sku: "Instance", unit: "days", times: replicas + 1 },
    ];
    yield fixed(name, "days", amount(hoursPerMonth).div(24), prices);
    const more = "Requests (over 200k/day per replica)";
    const unit = "10k requests";
    yield metered(more, unit, per(resource.usage.number("monthly_additional_requests"), 10_000), { sku: more, unit });
  },
};

const staticSite: PricedType = {
  free: (resource) => ((resource.text("sku_tier") ?? "Free") === "Free" ? "the free tier" : null),
  *lines(resource) {
    const name = "Static Web App (Standard)";
    yield fixed(name, "months", 1, { sku: name, unit: "months" });
    const over = "Bandwidth (over 100GB)";
    yield metered(over, "GB", resource.usage.number("monthly_bandwidth_gb"), { sku: over, unit: "GB" });
  },
};

const managedRedis: PricedType = {
  *lines(resource) {
    const name = `Cache usage (${resource.text("sku_name") ?? ""})`;
    yield hourly(name, { sku: name, unit: "hours" });
  },
};

const scaleUnitMbps = 500;

function scaleUnits(label: string): PricedType {
  return {
    *lines(resource) {
      const name = `${label} scale units (${scaleUnitMbps} Mbps)`;
      yield fixed(name, "scale units", resource.number("scale_unit") ?? 1, { sku: name, unit: "scale units" });
    },
  };
}

export const azureMoreTypes: Readonly<Record<string, PricedType>> = {
  azurerm_app_configuration: appConfiguration,
  azurerm_automation_dsc_configuration: meteredType([
    { kind: "usage", name: "Non-azure config nodes", unit: "nodes", usage: "non_azure_config_node_count" },
  ]),
  azurerm_automation_dsc_nodeconfiguration: meteredType([
    { kind: "usage", name: "Non-azure config nodes", unit: "nodes", usage: "non_azure_config_node_count" },
  ]),
  azurerm_iothub_dps: meteredType([
    { kind: "usage", name: "Device provisioning", unit: "1k operations", usage: "monthly_operations", per: 1000 },
  ]),
  azurerm_key_vault_key: keyVaultKey,
  azurerm_managed_redis: managedRedis,
  azurerm_monitor_metric_alert: metricAlert,
  azurerm_monitor_scheduled_query_rules_alert: queryAlert,
  azurerm_monitor_scheduled_query_rules_alert_v2: queryAlert,
  azurerm_network_watcher_flow_log: meteredType([
    { kind: "usage", name: "Network logs collected (over 5GB)", unit: "GB", usage: "monthly_logs_collected_gb" },
  ]),
  azurerm_search_service: searchService,
  azurerm_static_site: staticSite,
  azurerm_static_web_app: staticSite,
  azurerm_vpn_gateway: scaleUnits("S2S"),
  azurerm_vpn_gateway_connection: meteredType([{ kind: "hourly", name: "S2S Connections", unit: "hours" }]),
};
