import { fixed, hourly, hoursPerMonth, type Line, metered } from "#server/cost/line.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { table } from "#server/cost/table.ts";

const includedGb = 32;

function backupLines(resource: ResourceView): Line[] {
  const kind = resource.text("storage_account_type") ?? "LRS";
  const parts = [
    [`PITR backup storage (${kind})`, "backup_storage_gb"],
    [`LTR backup storage (${kind})`, "long_term_retention_storage_gb"],
  ] as const;
  return parts.map(([name, key]) =>
    metered(name, "GB", resource.usage.number(key), { sku: name, unit: "GB" }, { billsWhile: "provisioned" }),
  );
}

export function azureManagedInstance(cores: string, storage: string): PricedType {
  return {
    *lines(resource) {
      const sku = (resource.text("sku_name") ?? "GP_Gen5").toUpperCase();
      const vcores = resource.number("vcores") ?? 4;
      const name = `Compute (${sku} ${vcores} ${cores})`;
      yield hourly(name, { sku: name, unit: "hours" }, { billsWhile: "running" });
      const over = (resource.number("storage_size_in_gb") ?? includedGb) - includedGb;
      if (over > 0) yield fixed(storage, "GB", over, { sku: storage, unit: "GB" });
      yield* backupLines(resource);
      if ((resource.text("license_type") ?? "LicenseIncluded") === "LicenseIncluded") {
        const price = { sku: "SQL license", unit: "vCore-hours" };
        yield fixed("SQL license", "vCore-hours", vcores * hoursPerMonth, price, { billsWhile: "running" });
      }
    },
  };
}

interface Pool {
  tier: string;
  capacity: number;
  /** `GP_Gen5`; undefined for pools measured in DTUs. */
  vcoreSku: string | undefined;
}

function poolOf(resource: ResourceView): Pool {
  const sku = resource.block("sku");
  const name = sku?.text("name") ?? `${resource.text("edition") ?? "Basic"}Pool`;
  const isVcore = /^(GP|BC|HS)_/.test(name);
  return {
    tier: sku?.text("tier") ?? resource.text("edition") ?? name.replace(/Pool$/, ""),
    capacity: sku?.number("capacity") ?? resource.number("dtu") ?? 50,
    vcoreSku: isVcore ? name : undefined,
  };
}

/** GB that a pool of DTUs includes per DTU. */
const gbPerDtu = table<number>({ Basic: 0.1, Standard: 1, Premium: 2 });

function* dtuLines(resource: ResourceView, pool: Pool): Iterable<Line> {
  const name = `Compute (${pool.tier}, ${pool.capacity} DTUs)`;
  yield hourly(name, { sku: name, unit: "hours" });
  const size = resource.number("max_size_gb") ?? (resource.number("pool_size") ?? 0) / 1024;
  const over = size - pool.capacity * (gbPerDtu[pool.tier] ?? 1);
  const price = {
    sku: "Extra data storage",
    unit: "GB",
    attributes: { max_size_gb: String(size), dtu: String(pool.capacity) },
  };
  if (over > 0 && pool.tier !== "Basic") yield fixed("Extra data storage", "GB", over, price);
}

export const azurermElasticPool: PricedType = {
  *lines(resource) {
    const pool = poolOf(resource);
    if (pool.vcoreSku === undefined) {
      yield* dtuLines(resource, pool);
      return;
    }
    const label = `(${pool.vcoreSku}, ${pool.capacity} vCore)`;
    const running = (name: string) => hourly(name, { sku: name, unit: "hours" }, { billsWhile: "running" });
    yield running(`Compute ${label}`);
    if (resource.flag("zone_redundant")) yield running(`Zone redundancy ${label}`);
    const price = { sku: "SQL license", unit: "vCore-hours" };
    const isIncluded = (resource.text("license_type") ?? "LicenseIncluded") === "LicenseIncluded";
    if (isIncluded) yield fixed("SQL license", "vCore-hours", pool.capacity * hoursPerMonth, price);
    yield fixed("Storage", "GB", resource.number("max_size_gb") ?? 5, { sku: "Storage", unit: "GB" });
  },
};
