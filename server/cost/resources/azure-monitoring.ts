import { fixed, hoursPerMonth, metered, type Tier, tiered } from "#server/cost/line.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { meteredType } from "./metered-type.ts";

const secondsPerMonth = hoursPerMonth * 3600;

/** One price a test: frequencies differ in how many there are. */
const standardWebTest: PricedType = {
  free: (resource) => ((resource.flag("enabled") ?? true) ? null : "it is switched off"),
  *lines(resource) {
    const frequency = resource.number("frequency") ?? 300;
    const name = `Standard web test (${frequency} second frequency)`;
    const tests = Math.floor(secondsPerMonth / frequency);
    const prices = [name, "Standard web test (300 second frequency)"].map((sku) => ({ sku, unit: "tests" }));
    yield fixed(name, "test", tests, prices);
  },
};

interface Receivers {
  label: string;
  unit: string;
  count: number;
  group?: string;
}

function countryGroups(resource: ResourceView, block: string): [string, number][] {
  const counts = new Map<string, number>();
  for (const receiver of resource.blocks(block)) {
    const code = receiver.text("country_code") ?? "";
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts];
}

function receiversOf(resource: ResourceView): Receivers[] {
  const hooks = resource.blocks("webhook_receiver");
  const secured = hooks.filter((hook) => hook.blocks("aad_auth").length > 0).length;
  const count = (block: string) => resource.blocks(block).length;
  const inCountries = (block: string, group: string, unit: string): Receivers[] =>
    countryGroups(resource, block).map(([code, number]) => ({
      label: `Country code ${code}`,
      unit,
      count: number,
      group,
    }));
  return [
    { label: "Email notifications", unit: "emails", count: count("email_receiver") },
    { label: "ITSM connectors", unit: "events", count: count("itsm_receiver") },
    { label: "Push notifications", unit: "notifications", count: count("azure_app_push_receiver") },
    { label: "Secure web hooks", unit: "notifications", count: secured },
    { label: "Web hooks", unit: "notifications", count: hooks.length - secured },
    ...inCountries("sms_receiver", "SMS messages", "messages"),
    ...inCountries("voice_receiver", "Voice calls", "calls"),
  ];
}

/** Sheets have the number of receivers in the name; the price is of one notification. */
const actionGroup: PricedType = {
  *lines(resource) {
    const sent = resource.usage.number("monthly_notifications");
    for (const { label, unit, count, group } of receiversOf(resource).filter((receivers) => receivers.count > 0)) {
      const prefix = group === undefined ? "" : `${group} > `;
      const prices = [count, 1, 2].map((number) => ({ sku: `${prefix}${label} (${number})`, unit }));
      const quantity = sent === undefined ? null : sent * count;
      yield metered(`${label} (${count})`, unit, quantity, prices, { group: group === undefined ? [] : [group] });
    }
  },
};

const exported = ["storage_account_id", "eventhub_name", "eventhub_authorization_rule_id", "partner_solution_id"];

const diagnosticSetting: PricedType = {
  free: (resource) =>
    exported.some((name) => resource.isUnknown(name) || resource.text(name) !== undefined)
      ? null
      : "logs to a workspace are billed there",
  lines: meteredType([{ kind: "usage", name: "Platform logs processed", unit: "GB", usage: "monthly_platform_log_gb" }])
    .lines,
};

const monitorTiers: readonly Tier[] = [
  { label: "10-240,010", upTo: 240_000 },
  { label: "240,010-750,010", upTo: 750_000 },
  { label: "750,010-1,000,010", upTo: 1_000_000 },
  { label: "1,000,010+" },
];
const freeTests = 10;

function testCount(resource: ResourceView): number {
  const groups = resource.blocks("test_group").filter((group) => group.flag("enabled") ?? true);
  const size = (group: (typeof groups)[number], name: string) => group.list(name).length;
  const parts = ["source_endpoints", "destination_endpoints", "test_configuration_names"];
  return groups.reduce((sum, group) => sum + parts.reduce((tests, name) => tests * size(group, name), 1), 0);
}

const connectionMonitor: PricedType = {
  *lines(resource) {
    const tests = resource.usage.number("tests") ?? testCount(resource);
    const paid = tests - freeTests;
    if (paid <= 0) return;
    const tiers = tiered(monitorTiers, "tests", paid, (label) => {
      const name = `Tests (${label})`;
      return { name, prices: { sku: name, unit: "tests" } };
    });
    for (const line of tiers) yield { ...line, usageBased: resource.usage.number("tests") !== undefined };
  },
};

const freeChecks = 1_000;

const networkWatcher: PricedType = {
  *lines(resource) {
    const checks = resource.usage.number("monthly_diagnostic_checks");
    const price = { sku: "Network diagnostic tool (over 1,000 checks)", unit: "checks" };
    yield metered(price.sku, "checks", checks === undefined ? null : Math.max(0, checks - freeChecks), price);
  },
};

/** What watches, and whom it tells. */
export const azureMonitoringTypes: Readonly<Record<string, PricedType>> = {
  azurerm_application_insights_standard_web_test: standardWebTest,
  azurerm_monitor_action_group: actionGroup,
  azurerm_monitor_data_collection_rule: meteredType([
    {
      kind: "usage",
      name: "Metrics ingestion",
      unit: "10M samples",
      usage: "monthly_custom_metrics_samples",
      per: 10_000_000,
    },
  ]),
  azurerm_monitor_diagnostic_setting: diagnosticSetting,
  azurerm_network_connection_monitor: connectionMonitor,
  azurerm_network_watcher: networkWatcher,
};
