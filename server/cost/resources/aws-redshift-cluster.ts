import { hourly, hoursPerMonth, type Line, metered, type Tier, tiered } from "#server/cost/line.ts";
import type { PricedType } from "#server/cost/priced-type.ts";

const tib = 1024;
const backupTiers: readonly Tier[] = [
  { label: "first 50 TB", upTo: 50 * tib },
  { label: "next 450 TB", upTo: 550 * tib },
  { label: "over 500 TB" },
];

function meteredAs(name: string, unit: string, quantity: number | undefined): Line {
  return metered(name, unit, quantity, { sku: name, unit });
}

export const awsRedshiftCluster: PricedType = {
  *lines(resource) {
    const { usage } = resource;
    const type = resource.text("node_type") ?? "";
    const nodes = resource.number("number_of_nodes") ?? 1;
    const name = `Cluster usage (on-demand, ${type})`;
    yield hourly(name, { sku: name, unit: "hours" }, { hours: nodes * hoursPerMonth, billsWhile: "running" });
    if (type.startsWith("ra3.")) yield meteredAs(`Managed storage (${type})`, "GB", usage.number("managed_storage_gb"));
    const seconds = usage.number("excess_concurrency_scaling_secs");
    yield meteredAs(`Concurrency scaling (${type})`, "node-seconds", seconds === undefined ? seconds : seconds * nodes);
    yield meteredAs("Spectrum", "TB", usage.number("spectrum_data_scanned_tb"));
    yield* tiered(backupTiers, "GB", usage.number("backup_storage_gb"), (label) => {
      const tier = `Backup storage (${label})`;
      return { name: tier, prices: { sku: tier, unit: "GB" } };
    });
  },
};
