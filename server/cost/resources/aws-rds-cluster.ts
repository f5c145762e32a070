import { hourly, hoursPerMonth, type Line, metered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { databaseExtras } from "./rds-extras.ts";

const secondsPerMonth = hoursPerMonth * 3600;
const million = 1_000_000;

function cluster(name: string, unit: string) {
  return { type: "aws_rds_cluster", sku: name, unit };
}

function line(name: string, unit: string, quantity: ReturnType<typeof amount> | number | null | undefined): Line {
  return metered(name, unit, quantity, cluster(name, unit));
}

function ioRequests(resource: ResourceView): ReturnType<typeof amount> | null {
  const write = resource.usage.number("write_requests_per_sec");
  const read = resource.usage.number("read_requests_per_sec");
  if (write === undefined && read === undefined) return null;
  return amount(write ?? 0)
    .plus(read ?? 0)
    .times(secondsPerMonth)
    .div(million);
}

/** Backups up to the size of the database are included for one day; every further day is stored in full. */
function* backupLines(resource: ResourceView): Iterable<Line> {
  const days = resource.number("backup_retention_period") ?? 1;
  if (days <= 1) return;
  const size = resource.usage.number("backup_snapshot_size_gb");
  yield line("Backup storage", "GB", size === undefined ? null : amount(size).times(days - 1));
}

function* backtrackLines(resource: ResourceView): Iterable<Line> {
  const isServerless = resource.text("engine_mode") === "serverless";
  if (resource.text("engine") !== "aurora-mysql" || isServerless) return;
  const statements = resource.usage.number("average_statements_per_hr");
  const changes = resource.usage.number("change_records_per_statement");
  const window = resource.usage.number("backtrack_window_hrs");
  const isStated = statements !== undefined && changes !== undefined && window !== undefined;
  const records = isStated ? amount(statements).times(changes).times(window).times(hoursPerMonth).div(million) : null;
  yield line("Backtrack", "1M change-records", records);
}

export const awsRdsCluster: PricedType = {
  *lines(resource) {
    if (resource.text("engine_mode") === "serverless") {
      const capacity = resource.usage.number("capacity_units_per_hr");
      yield line(
        "Aurora serverless",
        "ACU-hours",
        capacity === undefined ? null : amount(capacity).times(hoursPerMonth),
      );
    }
    const isIoOptimized = resource.text("storage_type") === "aurora-iopt1";
    yield line(isIoOptimized ? "Storage (I/O-optimized)" : "Storage", "GB", resource.usage.number("storage_gb"));
    yield line("I/O requests", "1M requests", ioRequests(resource));
    yield* backupLines(resource);
    yield* backtrackLines(resource);
    yield line("Snapshot export", "GB", resource.usage.number("snapshot_export_size_gb"));
  },
};

function clusterOf(resource: ResourceView): ResourceView | undefined {
  const [referenced] = resource.targets("cluster_identifier", "aws_rds_cluster");
  if (referenced) return referenced;
  const name = resource.isUnknown("cluster_identifier") ? undefined : resource.text("cluster_identifier");
  return resource.all("aws_rds_cluster").find((item) => name !== undefined && item.values.cluster_identifier === name);
}

function serverlessLine(resource: ResourceView, home: ResourceView | undefined): Line {
  const isIoOptimized = home?.text("storage_type") === "aurora-iopt1";
  const name = isIoOptimized ? "Aurora serverless v2 (I/O-optimized)" : "Aurora serverless v2";
  const scaling = home?.block("serverlessv2_scaling_configuration");
  const least = scaling?.number("min_capacity");
  const capacity = resource.usage.number("capacity_units_per_hr");
  const note = least === undefined ? undefined : `at least ${least} capacity units run at any time`;
  const quantity = capacity === undefined ? null : amount(capacity).times(hoursPerMonth);
  return metered(name, "ACU-hours", quantity, { sku: name, unit: "ACU-hours" }, note === undefined ? {} : { note });
}

export const awsRdsClusterInstance: PricedType = {
  *lines(resource) {
    const home = clusterOf(resource);
    const instanceClass = resource.text("instance_class") ?? "";
    const engine = resource.text("engine") ?? home?.text("engine") ?? "aurora-mysql";
    if (instanceClass === "db.serverless") yield serverlessLine(resource, home);
    else {
      const name = `Database instance (on-demand, ${instanceClass})`;
      const attributes = { engine, deployment: "single-az" };
      const prices = [
        { sku: name, unit: "hours" },
        { type: "aws_db_instance", sku: instanceClass, unit: "hours", attributes },
      ];
      yield hourly(name, prices, { billsWhile: "running" });
    }
    yield* databaseExtras(resource, { engine, instanceClass });
  },
};
