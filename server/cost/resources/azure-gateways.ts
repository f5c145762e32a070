import { fixed, hourly, metered, type Tier, tiered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType } from "#server/cost/priced-type.ts";

const includedTunnels = 128;

export const azurermVirtualNetworkGateway: PricedType = {
  *lines(resource) {
    const sku = resource.text("sku") ?? "Basic";
    const type = resource.text("type") === "ExpressRoute" ? "ExpressRoute gateway" : "VPN gateway";
    const name = `${type} (${sku})`;
    yield hourly(name, { sku: name, unit: "hours" });
    if (type !== "VPN gateway") return;
    const tunnels = resource.usage.number("p2s_connection");
    if (sku !== "Basic") {
      const label = `VPN gateway P2S tunnels (over ${includedTunnels})`;
      const over = tunnels === undefined ? null : Math.max(0, tunnels - includedTunnels);
      yield metered(label, "tunnel", over, { sku: label, unit: "tunnel" });
    }
    const price = { sku: "VPN gateway data tranfer", unit: "GB" };
    yield metered("VPN gateway data tranfer", "GB", resource.usage.number("monthly_data_transfer_gb"), price);
  },
};

export const azurermVirtualNetworkGatewayConnection: PricedType = {
  *lines(resource) {
    const [gateway] = resource.targets("virtual_network_gateway_id", "azurerm_virtual_network_gateway");
    const sku = gateway?.text("sku") ?? "Basic";
    const name = `VPN gateway (${sku})`;
    if (resource.text("type") === "IPsec" && sku !== "Basic") yield hourly(name, { sku: name, unit: "hours" });
  },
};

export const azurermFirewall: PricedType = {
  *lines(resource) {
    const tier = resource.text("sku_tier") ?? "Standard";
    const hub = resource.blocks("virtual_hub").length > 0 || resource.text("sku_name") === "AZFW_Hub";
    const label = hub ? (tier === "Premium" ? "Premium Secured Virtual Hub" : `${tier} Secure Virtual Hub`) : tier;
    const name = `Deployment (${label})`;
    yield hourly(name, { sku: name, unit: "hours" });
    const processed = resource.usage.number("monthly_data_processed_gb");
    yield metered("Data processed", "GB", processed, { sku: "Data processed", unit: "GB" });
  },
};

const eventTiers = new Set(["Basic", "Standard"]);

export const azurermEventhubNamespace: PricedType = {
  *lines(resource) {
    const { usage } = resource;
    const isDedicated =
      resource.isUnknown("dedicated_cluster_id") || resource.text("dedicated_cluster_id") !== undefined;
    const sku = isDedicated ? "Dedicated" : (resource.text("sku") ?? "Standard");
    const units = resource.number("capacity") ?? 1;
    if (eventTiers.has(sku)) {
      const name = `Ingress event (${sku})`;
      const events = usage.number("monthly_ingress_events");
      yield metered(name, "1M events", events === undefined ? null : amount(events).div(1_000_000), {
        sku: name,
        unit: "1M events",
      });
    }
    const unit = sku === "Premium" ? "processing units" : sku === "Dedicated" ? "capacity units" : "throughput units";
    const capacity = `Capacity (${sku})`;
    yield fixed(capacity, unit, usage.number("throughput_or_capacity_units") ?? units, { sku: capacity, unit });
    if (sku === "Standard" && usage.text("capture_enabled") === "true") {
      yield fixed("Capture", "units", units, { sku: "Capture", unit: "units" });
    }
    if (sku === "Premium" || sku === "Dedicated") {
      const retained = usage.number("retention_storage_gb");
      yield metered("Extended retention", "GB", retained, { sku: "Extended retention", unit: "GB" });
    }
  },
};

const messageTiers: readonly Tier[] = [
  { label: "first 13M", upTo: 13_000_000 },
  { label: "13M-100M", upTo: 100_000_000 },
  { label: "100M-2,500M", upTo: 2_500_000_000 },
  { label: "over 2,500M" },
];

export const azurermServicebusNamespace: PricedType = {
  *lines(resource) {
    const sku = resource.text("sku") ?? "Standard";
    const operations = resource.usage.number("monthly_messaging_operations");
    if (sku === "Premium") {
      const units = { sku: "Messaging units", unit: "units" };
      yield fixed("Messaging units", "units", resource.number("capacity") ?? 1, units);
      return;
    }
    if (sku === "Basic") {
      const price = { sku: "Messaging operations", unit: "1M operations" };
      const quantity = operations === undefined ? null : amount(operations).div(1_000_000);
      yield metered("Messaging operations", "1M operations", quantity, price);
      return;
    }
    yield hourly("Base charge", { sku: "Base charge", unit: "hours" });
    const lines = tiered(
      messageTiers,
      "1M operations",
      operations,
      (label) => {
        const name = `Messaging operations (${label})`;
        return { name, prices: { sku: name, unit: "1M operations" } };
      },
      { per: 1_000_000 },
    );
    for (const line of lines)
      yield line.name.includes("first 13M") ? { ...line, free: "part of the base charge" } : line;
  },
};

export const azurermSignalrService: PricedType = {
  free: (resource) => (resource.block("sku")?.text("name")?.startsWith("Free") ? "the free tier" : null),
  *lines(resource) {
    const sku = resource.block("sku");
    const tier = sku?.text("name")?.split("_")[0] ?? "Standard";
    const usage = `Service usage (${tier})`;
    yield fixed(usage, "units", sku?.number("capacity") ?? 1, { sku: usage, unit: "units" });
    const more = `Additional messages (${tier})`;
    const messages = resource.usage.number("monthly_additional_messages");
    yield metered(more, "1M messages", messages === undefined ? null : amount(messages).div(1_000_000), {
      sku: more,
      unit: "1M messages",
    });
  },
};

export const azurermApiManagement: PricedType = {
  *lines(resource) {
    const [tier = "", units = "1"] = (resource.text("sku_name") ?? "").split("_");
    const name = `API management (${tier.toLowerCase()})`;
    if (tier === "Consumption") {
      const calls = resource.usage.number("monthly_api_calls");
      yield metered(name, "1M calls", calls === undefined ? null : amount(calls).div(1_000_000), {
        sku: name,
        unit: "1M calls",
      });
      return;
    }
    yield fixed(name, "units", Number(units) || 1, { sku: name, unit: "units" });
    const gateways = resource.usage.number("self_hosted_gateway_count");
    const price = { sku: "Self hosted gateway", unit: "gateways" };
    if (tier === "Premium") yield metered("Self hosted gateway", "gateways", gateways, price);
  },
};
