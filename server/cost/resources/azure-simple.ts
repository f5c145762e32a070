import { fixed, hourly, hoursPerMonth, metered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { table } from "#server/cost/table.ts";
import { meteredType } from "./metered-type.ts";

const freePlans = new Set(["F1", "FREE", "Y1", "FC1"]);

function planInstance(size: string, os: string, count: number) {
  const sku = `Instance usage (${size})`;
  const prices = [
    { type: "azurerm_service_plan", sku, unit: "hours", attributes: { os_type: os } },
    { sku, unit: "hours" },
  ];
  return hourly(sku, prices, { hours: count * hoursPerMonth });
}

export const azurermAppServicePlan: PricedType = {
  free: (resource) =>
    freePlans.has(resource.block("sku")?.text("size")?.toUpperCase() ?? "") ? "the free tier" : null,
  *lines(resource) {
    const sku = resource.block("sku");
    const os = /linux/i.test(resource.text("kind") ?? "Windows") ? "Linux" : "Windows";
    yield planInstance(sku?.text("size") ?? "", os, sku?.number("capacity") ?? 1);
  },
};

export const azurermServicePlan: PricedType = {
  free: (resource) =>
    freePlans.has(resource.text("sku_name")?.toUpperCase() ?? "") ? "the free or consumption tier" : null,
  *lines(resource) {
    yield planInstance(
      resource.text("sku_name") ?? "",
      resource.text("os_type") ?? "Linux",
      resource.number("worker_count") ?? 1,
    );
  },
};

const daysPerMonth = 30;
const includedGb = table<number>({ Basic: 10, Standard: 100, Premium: 500 });

export const azurermContainerRegistry: PricedType = {
  *lines(resource) {
    const sku = resource.text("sku") ?? "Basic";
    const locations = resource.blocks("georeplications").length;
    if (locations > 0) {
      const name = `Geo replication (${locations} location${locations === 1 ? "" : "s"})`;
      const price = { sku: "Geo replication (1 location)", unit: "days" };
      yield fixed(name, "days", locations * daysPerMonth, price);
    }
    const name = `Registry usage (${sku})`;
    yield fixed(name, "days", daysPerMonth, { sku: name, unit: "days" });
    const included = includedGb[sku] ?? 0;
    const stored = resource.usage.number("storage_gb");
    if (stored === undefined || stored > included) {
      const over = stored === undefined ? null : stored - included;
      const price = { sku: "Storage (over 10GB)", unit: "GB" };
      yield metered(`Storage (over ${included}GB)`, "GB", over, price, { billsWhile: "provisioned" });
    }
    const hours = resource.usage.number("monthly_build_vcpu_hrs");
    const seconds = hours === undefined ? null : amount(hours).times(3600);
    yield metered("Build vCPU", "seconds", seconds, { sku: "Build vCPU", unit: "seconds" });
  },
};

const loadBalancerData = meteredType([
  { kind: "usage", name: "Data processed", unit: "GB", usage: "monthly_data_processed_gb" },
]);

export const azurermLb: PricedType = {
  free: (resource) => ((resource.text("sku") ?? "Basic") === "Basic" ? "the basic load balancer is free" : null),
  lines: loadBalancerData.lines,
};

export const azurermPublicIp: PricedType = {
  *lines(resource) {
    const method = (resource.text("allocation_method") ?? "Static").toLowerCase();
    const tier = (resource.text("sku_tier") ?? "Regional").toLowerCase();
    const name = `IP address (${method}, ${tier})`;
    yield hourly(name, { sku: name, unit: "hours", attributes: { sku: resource.text("sku") } });
  },
};

function cacheNodes(resource: ResourceView, sku: string): number {
  if (sku !== "Premium") return sku === "Basic" ? 1 : 2;
  const shards = Math.max(1, resource.number("shard_count") ?? 1);
  const replicas = resource.number("replicas_per_primary") ?? resource.number("replicas_per_master") ?? 1;
  return shards * (1 + replicas);
}

export const azurermRedisCache: PricedType = {
  *lines(resource) {
    const sku = resource.text("sku_name") ?? "Basic";
    const name = `Cache usage (${sku}_${resource.text("family") ?? "C"}${resource.number("capacity") ?? 0})`;
    yield fixed(name, "nodes", cacheNodes(resource, sku), { sku: name, unit: "nodes" });
  },
};
