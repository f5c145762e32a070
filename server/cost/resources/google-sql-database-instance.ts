import { fixed, hourly, hoursPerMonth, type Line, metered, unlisted } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";

interface Shape {
  vcpu: number;
  memoryGb: number;
}

const gbPerVcpu = { standard: 3.75, highmem: 6.5 };
const lightweightGb = 3.75;
const defaultDiskGb = 10;

/** Tiers that are billed by vCPU and memory; shared-core and MySQL's old ones have a price as a whole. */
function shapeOf(tier: string, version: string): Shape | null {
  const custom = /^db-custom-(\d+)-(\d+)$/.exec(tier);
  if (custom) return { vcpu: Number(custom[1]), memoryGb: Number(custom[2]) / 1024 };
  const named = /^db-(n1-standard|n1-highmem|standard|highmem|lightweight)-(\d+)$/.exec(tier);
  if (!named) return null;
  const [, family, count] = named as unknown as [string, string, string];
  if (family === "n1-standard" && version.startsWith("MYSQL")) return null;
  const vcpu = Number(count);
  if (family === "lightweight") return { vcpu, memoryGb: lightweightGb };
  return { vcpu, memoryGb: vcpu * (family.endsWith("highmem") ? gbPerVcpu.highmem : gbPerVcpu.standard) };
}

function* computeLines(tier: string, version: string, place: string, group: readonly string[]): Iterable<Line> {
  const shape = shapeOf(tier, version);
  const running = { group, billsWhile: "running" } as const;
  if (!shape) {
    const name = `SQL instance (${tier}, ${place})`;
    yield hourly(name, { sku: name, unit: "hours" }, running);
    return;
  }
  const { vcpu, memoryGb } = shape;
  const hours = amount(vcpu).times(hoursPerMonth);
  yield hourly(`vCPUs (${vcpu}, ${place})`, { sku: `vCPUs (${place})`, unit: "hours" }, { hours, ...running });
  yield fixed(`Memory (${memoryGb} GB, ${place})`, "GB", memoryGb, { sku: `Memory (${place})`, unit: "GB" }, running);
}

function storageLine(kind: string, place: string, size: number | undefined, group: readonly string[]): Line {
  const name = `Storage (${kind}, ${place})`;
  const from = size === undefined ? "default" : "config";
  return fixed(name, "GB", size ?? defaultDiskGb, { sku: name, unit: "GB" }, { from, group });
}

function settingsOf(resource: ResourceView) {
  const settings = resource.block("settings");
  return {
    tier: settings?.text("tier") ?? "",
    edition: settings?.text("edition") ?? "ENTERPRISE",
    place: settings?.text("availability_type") === "REGIONAL" ? "regional" : "zonal",
    diskKind: settings?.text("disk_type") === "PD_HDD" ? "HDD" : "SSD",
    diskGb: settings?.number("disk_size"),
    isPublic: settings?.block("ip_configuration")?.flag("ipv4_enabled") ?? true,
  };
}

export const googleSqlDatabaseInstance: PricedType = {
  unsupported(resource) {
    const { edition } = settingsOf(resource);
    return edition === "ENTERPRISE" ? null : `edition ${edition} is not supported`;
  },
  *lines(resource) {
    const { tier, place, diskKind, diskGb, isPublic } = settingsOf(resource);
    const version = resource.text("database_version") ?? "MYSQL";
    yield* computeLines(tier, version, place, []);
    if (version.startsWith("SQLSERVER")) {
      yield unlisted("SQL Server licence", "months", 1, "the licence has no list price in the catalogue");
    }
    yield storageLine(diskKind, place, diskGb, []);
    const backups = resource.usage.number("backup_storage_gb");
    yield metered("Backups", "GB", backups, { sku: "Backups", unit: "GB" }, { billsWhile: "provisioned" });
    const address = "IP address (if unused)";
    if (isPublic)
      yield hourly(address, { sku: address, unit: "hours" }, { note: "billed while the database is stopped" });
    if (resource.block("replica_configuration")) {
      yield* computeLines(tier, version, "zonal", ["Replica"]);
      yield storageLine(diskKind, "zonal", diskGb, ["Replica"]);
    }
  },
};
