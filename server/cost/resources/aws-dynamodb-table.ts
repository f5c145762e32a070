import { fixed, hoursPerMonth, type Line, metered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { scalingTargetOf } from "./appautoscaling.ts";

interface Capacity {
  label: string;
  unit: string;
  attribute: string;
  dimension: string;
}

const write: Capacity = {
  label: "Write capacity unit (WCU",
  unit: "WCU",
  attribute: "write_capacity",
  dimension: "dynamodb:table:WriteCapacityUnits",
};
const read: Capacity = {
  label: "Read capacity unit (RCU",
  unit: "RCU",
  attribute: "read_capacity",
  dimension: "dynamodb:table:ReadCapacityUnits",
};

function capacityLine(resource: ResourceView, capacity: Capacity): Line {
  const { label, unit } = capacity;
  const hourlyPrice = {
    sku: unit === "WCU" ? "Write capacity unit-hour" : "Read capacity unit-hour",
    unit: `${unit}-hours`,
  };
  const prices = (sku: string) => [
    { sku, unit },
    { ...hourlyPrice, times: hoursPerMonth },
  ];
  const target = scalingTargetOf(resource, capacity.dimension, `table/${resource.values.name}`);
  if (target) {
    const name = `${label}, autoscaling)`;
    const range = { low: target.min, high: Math.max(target.max, target.capacity) };
    return metered(name, unit, target.capacity, prices(name), { range, from: "assumed", billsWhile: "provisioned" });
  }
  return fixed(`${label})`, unit, resource.number(capacity.attribute) ?? 1, prices(`${label})`));
}

function* requestLines(resource: ResourceView): Iterable<Line> {
  const writes = { sku: "Write request unit (WRU)", unit: "WRUs" };
  const reads = { sku: "Read request unit (RRU)", unit: "RRUs" };
  yield metered(writes.sku, writes.unit, resource.usage.number("monthly_write_request_units"), writes);
  yield metered(reads.sku, reads.unit, resource.usage.number("monthly_read_request_units"), reads);
}

function* storageLines(resource: ResourceView): Iterable<Line> {
  const keepsHistory = resource.block("point_in_time_recovery")?.flag("enabled") ?? false;
  const parts: [name: string, unit: string, usage: string, applies: boolean][] = [
    ["Data storage", "GB", "storage_gb", true],
    ["Point-In-Time Recovery (PITR) backup storage", "GB", "pitr_backup_storage_gb", keepsHistory],
    ["On-demand backup storage", "GB", "on_demand_backup_storage_gb", true],
    ["Table data restored", "GB", "monthly_data_restored_gb", true],
    ["Streams read request unit (sRRU)", "sRRUs", "monthly_streams_read_request_units", true],
  ];
  for (const [name, unit, usage, applies] of parts) {
    if (applies) yield metered(name, unit, resource.usage.number(usage), { sku: name, unit });
  }
}

/** Every replica pays the writes again, at its own region's rate. */
function replicaLine(resource: ResourceView, region: string, isOnDemand: boolean): Line {
  const place = `Global table (${region})`;
  const group = [place];
  if (!isOnDemand) {
    const name = "Replicated write capacity unit (rWCU)";
    const price = { sku: `${place} > ${name}`, unit: "rWCU" };
    return fixed(name, "rWCU", resource.number("write_capacity") ?? 1, price, { group });
  }
  const name = "Replicated write request unit (rWRU)";
  const writes = resource.usage.number("monthly_write_request_units");
  const price = { sku: `${place} > ${name}`, unit: "rWRU", times: amount(1).div(hoursPerMonth) };
  return metered(name, "rWRU", writes, price, { group });
}

export const awsDynamodbTable: PricedType = {
  *lines(resource) {
    const isOnDemand = resource.text("billing_mode") === "PAY_PER_REQUEST";
    if (isOnDemand) yield* requestLines(resource);
    else {
      yield capacityLine(resource, write);
      yield capacityLine(resource, read);
    }
    yield* storageLines(resource);
    for (const replica of resource.blocks("replica")) {
      yield replicaLine(resource, replica.text("region_name") ?? "", isOnDemand);
    }
  },
};
