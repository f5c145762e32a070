import type { Attributes } from "#server/cost/attributes.ts";
import { fixed, hourly, type Line, metered } from "#server/cost/line.ts";
import type { PricedType } from "#server/cost/priced-type.ts";
import { type Usage, usageView } from "#server/cost/usage.ts";
import { azureDiskLines } from "./azure-disk.ts";
import { type AzureMachine, azureMachineLine, takesPremiumDisks } from "./azure-machine.ts";
import { type Copies, copiesOf } from "./group-of-machines.ts";

const defaultDiskGib = 128;

function nodeLines(pool: Attributes, usage: Usage): Line[] {
  const size = pool.text("vm_size") ?? "Standard_D2_v2";
  const isWindows = /windows/i.test(pool.text("os_sku") ?? "") || pool.text("os_type") === "Windows";
  const machine: AzureMachine = {
    size,
    os: isWindows ? "Windows" : "Linux",
    isSpot: pool.text("priority") === "Spot",
    hours: usage.number("monthly_hrs"),
  };
  if (pool.text("os_disk_type")?.toLowerCase() === "ephemeral") return [azureMachineLine(machine)];
  const stated = pool.number("os_disk_size_gb");
  const account = takesPremiumDisks(size) ? "Premium_LRS" : "Standard_LRS";
  const disk = azureDiskLines({ account, sizeGib: stated ?? defaultDiskGib }, usageView({}), ["os_disk"]);
  const storage = [...disk].filter((line) => !line.usageBased);
  return [azureMachineLine(machine), ...storage];
}

function copies(pool: Attributes, usage: Usage): Copies {
  const min = pool.number("min_count");
  const max = pool.number("max_count");
  const count = pool.number("node_count") ?? 1;
  const used = usage.number("nodes");
  const shown = used ?? (count === 1 ? Math.max(1, min ?? 1) : count);
  if (used !== undefined) return { shown, low: shown, high: shown, from: "usage" };
  return { shown, low: Math.min(min ?? shown, shown), high: Math.max(max ?? shown, shown), from: "config" };
}

export const azurermKubernetesCluster: PricedType = {
  *lines(resource) {
    const { usage } = resource;
    const isPaid = ["Standard", "Paid"].includes(resource.text("sku_tier") ?? "");
    if (isPaid) yield hourly("Uptime SLA", { sku: "Uptime SLA", unit: "hours" });
    const pool = resource.block("default_node_pool");
    const poolUsage = usage.at("default_node_pool");
    if (pool) yield* copiesOf(nodeLines(pool, poolUsage), copies(pool, poolUsage), ["default_node_pool"]);
    if (resource.block("network_profile")?.text("load_balancer_sku")?.toLowerCase() === "standard") {
      const processed = usage.at("load_balancer").number("monthly_data_processed_gb");
      const price = { type: "azurerm_lb", sku: "Data processed", unit: "GB" };
      yield metered("Data processed", "GB", processed, price, { group: ["Load Balancer"] });
    }
    if (resource.flag("http_application_routing_enabled")) {
      yield fixed(
        "Hosted zone",
        "months",
        1,
        [
          { sku: "DNS > Hosted zone", unit: "months" },
          { type: "azurerm_dns_zone", sku: "Hosted zone", unit: "months" },
        ],
        { group: ["DNS"] },
      );
    }
  },
};

export const azurermKubernetesClusterNodePool: PricedType = {
  lines: (resource) => copiesOf(nodeLines(resource, resource.usage), copies(resource, resource.usage)),
};
