import { fixed, hourly, hoursPerMonth, type Line, metered, type Tier, tiered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { table } from "#server/cost/table.ts";

const gb = (tb: number): number => tb * 1000;

const outboundTiers: readonly Tier[] = [
  { label: "first 10TB", upTo: gb(10) },
  { label: "next 40TB", upTo: gb(50) },
  { label: "next 100TB", upTo: gb(150) },
  { label: "next 350TB", upTo: gb(500) },
  { label: "next 500TB", upTo: gb(1000) },
  { label: "next 4000TB", upTo: gb(5000) },
  { label: "over 5000TB" },
];
const accelerationTiers: readonly Tier[] = [
  { label: "first 50TB", upTo: gb(50) },
  { label: "next 100TB", upTo: gb(150) },
  { label: "next 350TB", upTo: gb(500) },
  { label: "next 500TB", upTo: gb(1000) },
  { label: "over 1000TB" },
];
const deliverers = table<string>({
  standard_akamai: "Akamai",
  standard_microsoft: "Microsoft",
  standard_verizon: "Standard Verizon",
  premium_verizon: "Premium Verizon",
});
const freeDeliveryRules = 5;

function* ruleLines(resource: ResourceView): Iterable<Line> {
  const rules = resource.blocks("delivery_rule").length;
  if (rules === 0) return;
  const over = rules - freeDeliveryRules;
  const rule = { sku: "Rules engine rules (over 5)", unit: "rules" };
  if (over > 0) yield fixed(rule.sku, rule.unit, over, rule);
  const requests = resource.usage.number("monthly_rules_engine_requests");
  const request = { sku: "Rules engine requests", unit: "1M requests" };
  yield metered(request.sku, request.unit, requests === undefined ? null : amount(requests).div(1_000_000), request);
}

const cdnEndpoint: PricedType = {
  *lines(resource) {
    const [profile] = resource.targets("profile_name", "azurerm_cdn_profile");
    const sku = profile?.text("sku")?.toLowerCase() ?? "";
    const deliverer = deliverers[sku] ?? sku;
    const volume = resource.usage.number("monthly_outbound_gb");
    yield* tiered(outboundTiers, "GB", volume, (label) => {
      const name = `Outbound data transfer (${deliverer}, ${label})`;
      return { name, prices: { sku: name, unit: "GB" } };
    });
    const isAccelerated = resource.text("optimization_type") === "DynamicSiteAcceleration";
    if (isAccelerated && sku !== "standard_microsoft")
      yield* tiered(accelerationTiers, "GB", volume, (label) => {
        const name = `Acceleration outbound data transfer (${label})`;
        return { name, prices: { sku: name, unit: "GB" } };
      });
    if (sku === "standard_microsoft") yield* ruleLines(resource);
  },
};

const frontdoorTiers: readonly Tier[] = [
  { label: "first 10TB", upTo: gb(10) },
  { label: "next 40TB", upTo: gb(50) },
  { label: "over 50TB" },
];
const rulesAtFirstPrice = 5;
const hostsIncluded = 100;

const frontdoor: PricedType = {
  *lines(resource) {
    const rules = resource.blocks("routing_rule").filter((rule) => rule.flag("enabled") ?? true).length;
    const first = { sku: "Routing rules (first 5 rules)", unit: "hours" };
    const more = { sku: "Routing rules (per additional rule)", unit: "hours" };
    if (rules > 0) yield hourly(first.sku, first, { hours: Math.min(rules, rulesAtFirstPrice) * hoursPerMonth });
    if (rules > rulesAtFirstPrice) yield hourly(more.sku, more, { hours: (rules - rulesAtFirstPrice) * hoursPerMonth });
    const hosts = resource.blocks("frontend_endpoint").length - hostsIncluded;
    const host = { sku: "Frontend hosts (over 100)", unit: "hosts" };
    if (hosts > 0) yield fixed(host.sku, host.unit, hosts, host);
    const inbound = { sku: "Inbound data transfer", unit: "GB" };
    yield metered(inbound.sku, "GB", resource.usage.number("monthly_inbound_data_transfer_gb"), inbound);
    const group = "Outbound data transfer";
    const zone = "North America, Europe and Africa";
    const volume = resource.usage.at("monthly_outbound_data_transfer_gb").number("north_america_europe_africa");
    yield* tiered(
      frontdoorTiers,
      "GB",
      volume,
      (label) => {
        const name = `${zone} (${label})`;
        return { name, prices: { sku: `${group} > ${name}`, unit: "GB" } };
      },
      { group: [group] },
    );
  },
};

const frontdoorFirewallPolicy: PricedType = {
  *lines(resource) {
    const parts = [
      { sku: "Policy", unit: "months", count: 1 },
      { sku: "Custom rules", unit: "rules", count: resource.blocks("custom_rule").length },
      { sku: "Managed rulesets", unit: "rulesets", count: resource.blocks("managed_rule").length },
    ];
    for (const { sku, unit, count } of parts) if (count > 0) yield fixed(sku, unit, count, { sku, unit });
    const requests = [
      ["Custom rule requests", "monthly_custom_rule_requests"],
      ["Managed ruleset requests", "monthly_managed_ruleset_requests"],
    ] as const;
    for (const [sku, key] of requests) {
      const count = resource.usage.number(key);
      const unit = "1M requests";
      yield metered(sku, unit, count === undefined ? null : amount(count).div(1_000_000), { sku, unit });
    }
  },
};

function healthZone(region: string | null): string {
  if (region?.startsWith("germany")) return "Germany";
  return region?.startsWith("usgov") ? "US Gov" : "Global";
}

/** Checks of the public cloud cost the same everywhere; its sheet lists them under one region. */
function healthPrices(sku: string, zone: string) {
  const price = { sku, unit: "hours" };
  return zone === "Global" ? [price, { ...price, region: "westeurope" }] : [price];
}

const fastIntervalSeconds = 10;

const trafficManagerEndpoint: PricedType = {
  *lines(resource) {
    const [profile] = resource.targets("profile_id", "azurerm_traffic_manager_profile");
    const zone = healthZone(resource.region);
    const basic = `Basic health check (${zone})`;
    yield hourly(basic, healthPrices(basic, zone));
    const interval = profile?.block("monitor_config")?.number("interval_in_seconds");
    const fast = `Fast interval health checks add-on (${zone})`;
    if (interval === fastIntervalSeconds) yield hourly(fast, healthPrices(fast, zone));
  },
};

/** What stands between a service and the internet. */
export const azureEdgeTypes: Readonly<Record<string, PricedType>> = {
  azurerm_cdn_endpoint: cdnEndpoint,
  azurerm_frontdoor: frontdoor,
  azurerm_frontdoor_firewall_policy: frontdoorFirewallPolicy,
  azurerm_traffic_manager_azure_endpoint: trafficManagerEndpoint,
  azurerm_traffic_manager_external_endpoint: trafficManagerEndpoint,
  azurerm_traffic_manager_nested_endpoint: trafficManagerEndpoint,
};
