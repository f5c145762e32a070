import { fixed, hourly, hoursPerMonth, type Line, metered } from "#server/cost/line.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { meteredType } from "./metered-type.ts";

export const googlePubsubTopic = meteredType([
  { kind: "usage", name: "Message ingestion data", unit: "TiB", usage: "monthly_message_data_tb" },
]);

/** Capacity tiers of Memorystore: larger instances cost less per gigabyte. */
const redisTiers: [uptoGb: number, tier: string][] = [
  [4, "M1"],
  [10, "M2"],
  [35, "M3"],
  [100, "M4"],
  [Number.POSITIVE_INFINITY, "M5"],
];

export const googleRedisInstance: PricedType = {
  *lines(resource) {
    const memory = resource.number("memory_size_gb") ?? 1;
    const service = resource.text("tier") === "STANDARD_HA" ? "standard" : "basic";
    const tier = redisTiers.find(([upTo]) => memory <= upTo)?.[1] ?? "M5";
    const name = `Redis instance (${service}, ${tier})`;
    yield fixed(name, "GB", memory, { sku: name, unit: "GB" });
  },
};

/** From this many machines on a gateway costs its maximum, whatever their number. */
const machinesUntilMaximum = 32;

function* gatewayLines(resource: ResourceView): Iterable<Line> {
  const machines = resource.usage.number("assigned_vms");
  if (machines === undefined) return;
  if (machines > machinesUntilMaximum) {
    const price = { sku: "gateway, maximum rate (more than 32 VMs)", unit: "hours" };
    yield hourly("Gateway, maximum rate (more than 32 VMs)", price);
    return;
  }
  const name = "Assigned VMs (first 32)";
  const perMachine = {
    sku: "gateway, maximum rate (more than 32 VMs)",
    unit: "hours",
    times: `${1 / machinesUntilMaximum}`,
  };
  yield metered(name, "VM-hours", machines * hoursPerMonth, [{ sku: name, unit: "VM-hours" }, perMachine]);
}

export const googleComputeRouterNat: PricedType = {
  *lines(resource) {
    yield* gatewayLines(resource);
    const prices = [
      { sku: "Data processed", unit: "GB" },
      { sku: "data processed", unit: "GiB" },
    ];
    yield metered("Data processed", "GB", resource.usage.number("monthly_data_processed_gb"), prices);
  },
};
