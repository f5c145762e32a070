import { fixed, hourly, hoursPerMonth, type Line, metered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { table } from "#server/cost/table.ts";
import { meteredType } from "./metered-type.ts";

const domainService: PricedType = {
  *lines(resource) {
    const name = `Active directory domain service (${resource.text("sku") ?? "Standard"})`;
    yield hourly(name, { sku: name, unit: "hours" });
  },
};

const domainReplica: PricedType = {
  *lines(resource) {
    const [service] = resource.targets("domain_service_id", "azurerm_active_directory_domain_service");
    const sku = service?.text("sku") ?? "Enterprise";
    const name = `Active directory domain service replica set (${sku})`;
    const asService = {
      type: "azurerm_active_directory_domain_service",
      sku: `Active directory domain service (${sku})`,
      unit: "hours",
    };
    yield hourly(name, [{ sku: name, unit: "hours" }, asService]);
  },
};

const addressCertificate: PricedType = {
  free: (resource) =>
    (resource.text("ssl_state") ?? "").toLowerCase() === "ipbasedenabled"
      ? null
      : "only certificates bound to an address are charged",
  *lines() {
    yield fixed("IP SSL certificate", "months", 1, { sku: "IP SSL certificate", unit: "months" });
  },
};

const certificateOrder: PricedType = {
  *lines(resource) {
    const isWildcard = (resource.text("product_type") ?? "Standard").toLowerCase() === "wildcard";
    const name = `SSL certificate (${isWildcard ? "wildcard" : "standard"})`;
    yield fixed(name, "years", amount(1).div(12), { sku: name, unit: "years", region: "global" });
  },
};

const serviceEnvironment: PricedType = {
  *lines(resource) {
    const tier = resource.text("pricing_tier") ?? "I1";
    const isFirst = /^I[123]$/.test(tier);
    if (isFirst) yield hourly("Stamp fee", { sku: "Stamp fee", unit: "hours" });
    const name = `Instance usage (${tier})`;
    yield hourly(name, { sku: name, unit: "hours" });
  },
};

const freeUsers = 50_000;

const federatedCredential: PricedType = {
  *lines(resource) {
    for (const plan of ["P1", "P2"]) {
      const users = resource.usage.number(`monthly_active_${plan.toLowerCase()}_users`);
      const price = { sku: `Active users (${plan})`, unit: "users" };
      yield metered(price.sku, "users", users === undefined ? null : Math.max(0, users - freeUsers), price);
    }
  },
};

const integrationAccount: PricedType = {
  free: (resource) => (resource.text("sku_name") === "Free" ? "the free tier" : null),
  *lines(resource) {
    const name = `Integration Account (${resource.text("sku_name") ?? "Basic"})`;
    yield hourly(name, { sku: name, unit: "hours" });
  },
};

const integrationEnvironment: PricedType = {
  *lines(resource) {
    const sku = resource.text("sku_name") ?? "Developer_0";
    const [kind, scale] = sku.split("_");
    const price = (name: string) => ({ sku: "Base units", unit: "hours", attributes: { sku_name: name } });
    yield hourly("Base units", [price(sku), price(`${kind}_0`)]);
    const units = Number(scale ?? 0);
    if (units > 0) yield hourly("Scale units", { sku: "Scale units", unit: "hours" }, { hours: units * hoursPerMonth });
  },
};

const workflowSizes = table<{ vcpu: number; memoryGb: string }>({
  WS1: { vcpu: 1, memoryGb: "3.5" },
  WS2: { vcpu: 2, memoryGb: "7" },
  WS3: { vcpu: 4, memoryGb: "14" },
});

function workflowSku(resource: ResourceView): string {
  const plans = ["azurerm_service_plan", "azurerm_app_service_plan"].flatMap((type) =>
    resource.targets("app_service_plan_id", type),
  );
  const stated = resource.usage.text("sku");
  return (stated ?? plans[0]?.text("sku_name") ?? plans[0]?.block("sku")?.text("size") ?? "").toUpperCase();
}

const logicAppStandard: PricedType = {
  *lines(resource) {
    const sku = workflowSku(resource);
    const size = workflowSizes[sku];
    const label = size ? sku : "unknown SKU";
    const part = (name: string, unit: string, quantity: string | number | undefined) => {
      const price = { sku: `${name} (${label})`, unit };
      return quantity === undefined ? metered(price.sku, unit, null, price) : fixed(price.sku, unit, quantity, price);
    };
    yield part("Workflow vCore", "vCore", size?.vcpu);
    yield part("Workflow memory", "GB", size?.memoryGb);
    const calls = [
      ["Standard connectors", "monthly_standard_connector_calls"],
      ["Enterprise connectors", "monthly_enterprise_connector_calls"],
    ] as const;
    for (const [name, key] of calls)
      yield metered(name, "calls", resource.usage.number(key), { sku: name, unit: "calls" });
  },
};

const million = 1_000_000;

function* pushLines(resource: ResourceView, sku: string): Iterable<Line> {
  const pushes = resource.usage.number("monthly_pushes");
  const unit = "1M pushes";
  const part = (name: string, count: number | undefined) =>
    metered(name, unit, count === undefined ? null : amount(count).div(million), { sku: name, unit });
  const over = (least: number) => (pushes === undefined ? undefined : Math.max(0, pushes - least));
  if (sku === "Basic") yield part("Pushes (over 10M)", over(10 * million));
  if (sku !== "Standard") return;
  const first = over(10 * million);
  yield part("Pushes (10-100M)", first === undefined ? undefined : Math.min(first, 90 * million));
  if ((pushes ?? 0) > 100 * million) yield part("Pushes (over 100M)", over(100 * million));
}

const notificationHub: PricedType = {
  free: (resource) => (resource.text("sku_name") === "Free" ? "the free tier" : null),
  *lines(resource) {
    const sku = resource.text("sku_name") ?? "";
    const name = `Namespace usage (${sku})`;
    yield fixed(name, "months", 1, { sku: name, unit: "months" });
    yield* pushLines(resource, sku);
  },
};

const iotHub: PricedType = {
  free: (resource) => (resource.block("sku")?.text("name") === "F1" ? "the free tier" : null),
  *lines(resource) {
    const sku = resource.block("sku");
    const size = sku?.text("name") ?? "";
    // The sheet's price is that of the size S1.
    const prices = size === "S1" ? [{ sku: "IoT Hub", unit: "units" }] : [];
    yield fixed("IoT Hub", "units", sku?.number("capacity") ?? 1, prices, { note: `no price for the size ${size}` });
  },
};

const pointToSite: PricedType = {
  *lines(resource) {
    const price = { sku: "P2S scale units (500 Mbps)", unit: "scale units" };
    yield fixed(price.sku, price.unit, resource.number("scale_unit") ?? 1, price);
    const connections = { sku: "P2S connections", unit: "hours" };
    yield metered(connections.sku, "hours", resource.usage.number("monthly_p2s_connections_hrs"), connections);
  },
};

const powerBi: PricedType = {
  *lines(resource) {
    const name = `Node usage (${resource.text("sku_name") ?? ""})`;
    yield hourly(name, { sku: name, unit: "hours" }, { billsWhile: "running" });
  },
};

/** Identity, certificates, integration, messaging to devices. */
export const azurePlatformTypes: Readonly<Record<string, PricedType>> = {
  azurerm_active_directory_domain_service: domainService,
  azurerm_active_directory_domain_service_replica_set: domainReplica,
  azurerm_app_service_certificate_binding: addressCertificate,
  azurerm_app_service_certificate_order: certificateOrder,
  azurerm_app_service_custom_hostname_binding: addressCertificate,
  azurerm_app_service_environment: serviceEnvironment,
  azurerm_automation_watcher: meteredType([
    { kind: "usage", name: "Watcher", unit: "hours", usage: "monthly_watcher_hrs" },
  ]),
  azurerm_federated_identity_credential: federatedCredential,
  azurerm_integration_service_environment: integrationEnvironment,
  azurerm_iothub: iotHub,
  azurerm_logic_app_integration_account: integrationAccount,
  azurerm_logic_app_standard: logicAppStandard,
  azurerm_notification_hub_namespace: notificationHub,
  azurerm_point_to_site_vpn_gateway: pointToSite,
  azurerm_powerbi_embedded: powerBi,
};
