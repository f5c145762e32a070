import { fixed, hourly, hoursPerMonth, type Line, metered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";

function computeLine(resource: ResourceView): Line {
  const name = `Compute (${resource.text("sku_name") ?? ""})`;
  const hasStandby = resource.block("high_availability") !== undefined;
  const standby = {
    range: { low: hoursPerMonth, high: 2 * hoursPerMonth },
    note: "the standby of high availability may double it",
  };
  return hourly(name, { sku: name, unit: "hours" }, { billsWhile: "running", ...(hasStandby ? standby : {}) });
}

function backupLine(resource: ResourceView): Line {
  const name = "Additional backup storage";
  const stored = resource.usage.number("additional_backup_storage_gb");
  return metered(name, "GB", stored, { sku: name, unit: "GB" }, { billsWhile: "provisioned" });
}

const storage = { sku: "Storage", unit: "GB" };

export const azurermPostgresqlFlexibleServer: PricedType = {
  *lines(resource) {
    yield computeLine(resource);
    const megabytes = resource.number("storage_mb");
    if (megabytes === undefined) yield metered("Storage", "GB", null, storage, { billsWhile: "provisioned" });
    else yield fixed("Storage", "GB", amount(megabytes).div(1024), storage);
    yield backupLine(resource);
  },
};

const mysql = { defaultGb: 20, includedIops: 360 };

export const azurermMysqlFlexibleServer: PricedType = {
  *lines(resource) {
    yield computeLine(resource);
    const block = resource.block("storage");
    const size = block?.number("size_gb");
    yield fixed("Storage", "GB", size ?? mysql.defaultGb, storage, { from: size === undefined ? "default" : "config" });
    const iops = (block?.number("iops") ?? 0) - mysql.includedIops;
    if (iops > 0) yield fixed("Additional IOPS", "IOPS", iops, { sku: "Additional IOPS", unit: "IOPS" });
    yield backupLine(resource);
  },
};
