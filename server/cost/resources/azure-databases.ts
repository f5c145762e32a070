import { fixed, hourly, hoursPerMonth, type Line, metered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { table } from "#server/cost/table.ts";

/** Single servers of PostgreSQL, MySQL and MariaDB: `GP_Gen5_4` is tier, generation, vCores. */
export const azurermSingleServer: PricedType = {
  *lines(resource) {
    const sku = resource.text("sku_name") ?? "";
    const name = `Compute (${sku})`;
    yield hourly(name, { sku: name, unit: "hours" }, { billsWhile: "running" });
    const megabytes = resource.number("storage_mb") ?? 5120;
    const attributes = { tier: sku.split("_")[0] };
    yield fixed("Storage", "GB", amount(megabytes).div(1024), { sku: "Storage", unit: "GB", attributes });
    const isRedundant = resource.flag("geo_redundant_backup_enabled") ?? false;
    const backup = {
      sku: "Additional backup storage",
      unit: "GB",
      attributes: { geo_redundant_backup_enabled: String(isRedundant) },
    };
    yield metered(backup.sku, "GB", resource.usage.number("additional_backup_storage_gb"), backup);
  },
};

/** Space that a DTU database includes, in GB. */
const includedGb = table<number>({ Basic: 2, Standard: 250, Premium: 500 });
const backupNames = table<string>({ Geo: "RA-GRS", Local: "LRS", Zone: "ZRS" });

function dtuTier(sku: string): string | null {
  if (sku === "Basic") return "Basic";
  return /^S\d+$/.test(sku) ? "Standard" : /^P\d+$/.test(sku) ? "Premium" : null;
}

function* dtuLines(resource: ResourceView, sku: string, tier: string): Iterable<Line> {
  yield hourly(`Compute (${sku})`, { sku: `Compute (${sku})`, unit: "hours" });
  const stored = resource.usage.number("extra_data_storage_gb");
  const over = stored ?? Math.max(0, (resource.number("max_size_gb") ?? 0) - (includedGb[tier] ?? 0));
  const name = "Extra data storage";
  const price = { sku: name, unit: "GB", attributes: { tier } };
  if (over > 0 && tier !== "Basic")
    yield fixed(name, "GB", over, price, { from: stored === undefined ? "config" : "usage" });
}

interface VcoreSku {
  tier: string;
  family: string;
  cores: number;
}

/** `GP_S_Gen5_4` is a serverless database of four vCores. */
function vcoreSku(sku: string): VcoreSku {
  const match = /^(GP_S|GP|BC|HS_S|HS|HS_PRMS)_(\w+?)_(\d+)$/.exec(sku);
  return { tier: match?.[1] ?? "GP", family: match?.[2] ?? "Gen5", cores: Number(match?.[3] ?? 2) };
}

function* vcoreCompute(resource: ResourceView, sku: string, vcore: VcoreSku): Iterable<Line> {
  const isRedundant = resource.flag("zone_redundant") ?? false;
  if (vcore.tier.endsWith("_S")) {
    const hours = resource.usage.number("monthly_vcore_hours");
    const part = (label: string) => metered(label, "vCore-hours", hours, { sku: label, unit: "vCore-hours" });
    yield part(`Compute (serverless, ${sku})`);
    if (isRedundant) yield part(`Zone redundancy (serverless, ${sku})`);
    return;
  }
  const part = (label: string) => hourly(label, { sku: label, unit: "hours" }, { billsWhile: "running" });
  yield part(`Compute (provisioned, ${sku})`);
  if (isRedundant) yield part(`Zone redundancy (provisioned, ${sku})`);
  if ((resource.text("license_type") ?? "LicenseIncluded") === "LicenseIncluded") {
    const price = { sku: "SQL license", unit: "vCore-hours", attributes: { tier: vcore.tier } };
    yield fixed("SQL license", "vCore-hours", vcore.cores * hoursPerMonth, price, { billsWhile: "running" });
  }
}

const defaultGb = { vcore: 5, hyperscale: 10 };

function* vcoreLines(resource: ResourceView, sku: string): Iterable<Line> {
  const vcore = vcoreSku(sku);
  yield* vcoreCompute(resource, sku, vcore);
  if (vcore.tier === "HS") {
    const replicas = resource.number("read_replica_count") ?? 0;
    const price = { sku: "Read replicas", unit: "hours" };
    if (replicas > 0) yield hourly("Read replicas", price, { hours: replicas * hoursPerMonth });
  }
  const size = resource.number("max_size_gb");
  const attributes = { tier: vcore.tier, zone_redundant: String(resource.flag("zone_redundant") ?? false) };
  const least = vcore.tier === "HS" ? defaultGb.hyperscale : defaultGb.vcore;
  yield fixed(
    "Storage",
    "GB",
    size ?? least,
    { sku: "Storage", unit: "GB", attributes },
    { from: size === undefined ? "default" : "config" },
  );
}

function* backupLines(resource: ResourceView): Iterable<Line> {
  const kind = backupNames[resource.text("storage_account_type") ?? "Geo"] ?? "RA-GRS";
  const parts = [
    [`Long-term retention (${kind})`, "long_term_retention_storage_gb"],
    [`PITR backup storage (${kind})`, "backup_storage_gb"],
  ] as const;
  for (const [name, key] of parts) {
    yield metered(name, "GB", resource.usage.number(key), { sku: name, unit: "GB" }, { billsWhile: "provisioned" });
  }
}

function* databaseLines(resource: ResourceView, sku: string): Iterable<Line> {
  const tier = dtuTier(sku);
  if (tier) yield* dtuLines(resource, sku, tier);
  else yield* vcoreLines(resource, sku);
  yield* backupLines(resource);
}

export const azurermMssqlDatabase: PricedType = {
  free: (resource) => {
    const isPooled = resource.isUnknown("elastic_pool_id") || resource.text("elastic_pool_id") !== undefined;
    return isPooled ? "its pool is billed instead" : null;
  },
  lines: (resource) => databaseLines(resource, resource.text("sku_name") ?? "GP_S_Gen5_2"),
};

/** What an edition is where no size is named. */
const editionSkus = table<string>({
  Basic: "Basic",
  Standard: "S0",
  Premium: "P1",
  GeneralPurpose: "GP_Gen5_2",
  BusinessCritical: "BC_Gen5_2",
  Hyperscale: "HS_Gen5_2",
});

/** The older name of the same database; its own sheet is short, so the newer one's prices stand in. */
export const azurermSqlDatabase: PricedType = {
  free: (resource) => {
    const pool = resource.isUnknown("elastic_pool_name") || resource.text("elastic_pool_name") !== undefined;
    return pool ? "its pool is billed instead" : null;
  },
  *lines(resource) {
    const edition = editionSkus[resource.text("edition") ?? "Standard"] ?? "S0";
    const sku = resource.text("requested_service_objective_name") ?? edition;
    for (const line of databaseLines(resource, sku)) {
      const newer = line.prices.map((price) => ({ ...price, type: "azurerm_mssql_database" }));
      yield { ...line, prices: [...line.prices, ...newer] };
    }
  },
};

const functionUnits = table<{ vcpu: number; memoryGb: string }>({
  EP1: { vcpu: 1, memoryGb: "3.5" },
  EP2: { vcpu: 2, memoryGb: "7" },
  EP3: { vcpu: 4, memoryGb: "14" },
});

function planSku(resource: ResourceView): string {
  const [plan] = ["azurerm_service_plan", "azurerm_app_service_plan"].flatMap((type) => [
    ...resource.targets("service_plan_id", type),
    ...resource.targets("app_service_plan_id", type),
  ]);
  return plan?.text("sku_name") ?? plan?.block("sku")?.text("size") ?? "Y1";
}

const consumption = { stepMb: 128, leastMs: 100 };

function* consumptionLines(resource: ResourceView): Iterable<Line> {
  const { usage } = resource;
  const runs = usage.number("monthly_executions");
  const memory = usage.number("memory_mb");
  const duration = usage.number("execution_duration_ms");
  const isStated = runs !== undefined && memory !== undefined && duration !== undefined;
  const gb = isStated ? amount(Math.ceil(memory / consumption.stepMb) * consumption.stepMb).div(1024) : null;
  const seconds = gb
    ?.times(Math.max(consumption.leastMs, duration ?? 0))
    .div(1000)
    .times(runs ?? 0);
  yield metered("Execution time", "GB-seconds", seconds, { sku: "Execution time", unit: "GB-seconds" });
  const price = { sku: "Executions", unit: "1M requests" };
  yield metered("Executions", "1M requests", runs === undefined ? null : amount(runs).div(1_000_000), price);
}

/** A function pays for its runs, or for the units of its premium plan; on any other plan the plan pays. */
export const azurermFunctionApp: PricedType = {
  free(resource) {
    const sku = planSku(resource).toUpperCase();
    return sku === "Y1" || functionUnits[sku] ? null : "its service plan is billed instead";
  },
  *lines(resource) {
    const sku = planSku(resource).toUpperCase();
    const units = functionUnits[sku];
    if (!units) {
      yield* consumptionLines(resource);
      return;
    }
    const instances = resource.usage.number("instances") ?? 1;
    const cpu = { sku: `vCPU (${sku})`, unit: "vCPU" };
    const memory = { sku: `Memory (${sku})`, unit: "GB" };
    yield fixed(cpu.sku, "vCPU", units.vcpu * instances, cpu);
    yield fixed(memory.sku, "GB", amount(units.memoryGb).times(instances), memory);
  },
};
