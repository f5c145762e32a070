import { fixed, hourly, hoursPerMonth, type Line, metered, unlisted } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { table } from "#server/cost/table.ts";
import { databaseExtras } from "./rds-extras.ts";

const defaultStorageGb = 20;
/** Provisioned-IOPS storage has a smallest size. */
const leastIo1 = { sizeGb: 100, iops: 1000 };
/** gp3 includes more IOPS once the volume is striped. */
const gp3 = { stripedFromGb: 400, iops: 3000, stripedIops: 12_000 };

interface Database {
  engine: string;
  instanceClass: string;
  isMultiAz: boolean;
  storageKind: string;
  sizeGb: number | undefined;
}

function engineOf(resource: ResourceView): string {
  const own = resource.text("engine");
  if (own) return own;
  const [source] = resource.targets("replicate_source_db", "aws_db_instance");
  return source && source !== resource ? (source.text("engine") ?? "mysql") : "mysql";
}

function databaseOf(resource: ResourceView): Database {
  const isProvisioned = resource.number("iops") !== undefined;
  return {
    engine: engineOf(resource),
    instanceClass: resource.text("instance_class") ?? "",
    isMultiAz: resource.flag("multi_az") ?? false,
    storageKind: resource.text("storage_type") ?? (isProvisioned ? "io1" : "gp2"),
    sizeGb: resource.number("allocated_storage"),
  };
}

const deployment = (database: Database) => (database.isMultiAz ? "multi-az" : "single-az");

function instanceLine(resource: ResourceView, database: Database): Line {
  const place = database.isMultiAz ? "Multi-AZ" : "Single-AZ";
  if (resource.usage.text("reserved_instance_term") !== undefined) {
    const name = `Database instance (reserved, ${place}, ${database.instanceClass})`;
    return unlisted(name, "hours", hoursPerMonth, "reserved terms are not list prices; see the on-demand price");
  }
  const attributes = {
    engine: database.engine,
    deployment: deployment(database),
    license_model: resource.text("license_model")?.startsWith("bring") ? "bring-your-own-license" : undefined,
  };
  const price = { type: "aws_db_instance", sku: database.instanceClass, unit: "hours", attributes };
  const hours = resource.usage.number("monthly_hrs") ?? hoursPerMonth;
  return hourly(`Database instance (on-demand, ${place}, ${database.instanceClass})`, price, {
    hours,
    billsWhile: "running",
  });
}

const storageNames = table<string>({
  gp2: "Storage (general purpose SSD, gp2)",
  gp3: "Storage (general purpose SSD, gp3)",
  io1: "Storage (provisioned IOPS SSD, io1)",
  io2: "Storage (provisioned IOPS SSD, io2)",
  standard: "Storage (magnetic)",
});

function* storageLines(resource: ResourceView, database: Database): Iterable<Line> {
  const kind = database.storageKind;
  const isProvisioned = kind === "io1" || kind === "io2";
  const least = isProvisioned ? leastIo1.sizeGb : 0;
  const size = Math.max(database.sizeGb ?? (isProvisioned ? least : defaultStorageGb), least);
  const attributes = { deployment: deployment(database) };
  const name = storageNames[kind] ?? `Storage (${kind})`;
  const from = database.sizeGb === undefined ? "default" : "config";
  yield fixed(name, "GB", size, { sku: name, unit: "GB", attributes }, { from });
  const iops = resource.number("iops");
  if (isProvisioned) {
    const price = { sku: "Provisioned IOPS", unit: "IOPS", attributes };
    yield fixed("Provisioned IOPS", "IOPS", Math.max(iops ?? 0, leastIo1.iops), price);
  }
  if (kind === "gp3") {
    const included = size >= gp3.stripedFromGb ? gp3.stripedIops : gp3.iops;
    const label = `Provisioned GP3 IOPS (above ${included.toLocaleString("en-US")})`;
    if ((iops ?? 0) > included)
      yield fixed(label, "IOPS", (iops ?? 0) - included, { sku: label, unit: "IOPS", attributes });
  }
  if (kind === "standard") {
    const requests = resource.usage.number("monthly_standard_io_requests");
    const quantity = requests === undefined ? null : amount(requests).div(1_000_000);
    yield metered("I/O requests", "1M requests", quantity, { sku: "I/O requests", unit: "1M requests" });
  }
}

function* backupLines(resource: ResourceView, database: Database): Iterable<Line> {
  const stored = resource.usage.number("additional_backup_storage_gb");
  const keepsBackups = (resource.number("backup_retention_period") ?? 0) > 0;
  if (stored === undefined && !keepsBackups) return;
  const attributes = { engine: database.engine.startsWith("aurora") ? "aurora" : "rds" };
  const price = { sku: "Additional backup storage", unit: "GB", attributes };
  yield metered("Additional backup storage", "GB", stored, price, { billsWhile: "provisioned" });
}

export const awsDbInstance: PricedType = {
  *lines(resource) {
    const database = databaseOf(resource);
    yield instanceLine(resource, database);
    yield* storageLines(resource, database);
    yield* backupLines(resource, database);
    yield* databaseExtras(resource, database);
  },
};
