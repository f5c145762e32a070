import { hourly, hoursPerMonth, type Line, metered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { table } from "#server/cost/table.ts";

function isSet(resource: ResourceView, attribute: string): boolean {
  return resource.isUnknown(attribute) || resource.text(attribute) !== undefined;
}

/** Whether something in the plan uses the address: then it is not idle. */
function isInUse(resource: ResourceView): boolean {
  if (isSet(resource, "instance") || isSet(resource, "network_interface")) return true;
  const users = ["aws_nat_gateway", "aws_eip_association", "aws_lb", "aws_alb", "aws_network_interface"];
  return users.some((type) => resource.sources(type).length > 0);
}

export const awsEip: PricedType = {
  free: (resource) =>
    isInUse(resource) && !resource.chargesAddressesInUse ? "an address in use is free in this price list" : null,
  *lines(resource) {
    const idle = "IP address (if unused)";
    const either = { sku: "Public IPv4 address, in use or idle", unit: "hours" };
    if (isInUse(resource)) yield hourly("Public IPv4 address (in use)", either);
    else yield hourly(idle, [{ sku: idle, unit: "hours" }, either]);
  },
};

export const awsNatGateway: PricedType = {
  *lines(resource) {
    yield hourly("NAT gateway", { sku: "NAT gateway", unit: "hours" });
    const processed = resource.usage.number("monthly_data_processed_gb");
    yield metered("Data processed", "GB", processed, { sku: "Data processed", unit: "GB" });
  },
};

/** A capacity unit is the largest of these; the figures are what one unit carries. */
interface UnitCapacity {
  newPerSecond: number;
  active: number;
  gbPerHour: number;
  rulesPerSecond?: number;
}

const capacities = table<UnitCapacity>({
  application: { newPerSecond: 25, active: 3000, gbPerHour: 1, rulesPerSecond: 1000 },
  network: { newPerSecond: 800, active: 100_000, gbPerHour: 1 },
  gateway: { newPerSecond: 600, active: 60_000, gbPerHour: 1 },
});

function capacityUnits(resource: ResourceView, capacity: UnitCapacity): ReturnType<typeof amount> | null {
  const { usage } = resource;
  const dimensions = [
    [usage.number("new_connections"), capacity.newPerSecond * hoursPerMonth * 3600],
    [usage.number("active_connections"), capacity.active],
    [usage.number("processed_bytes_gb"), capacity.gbPerHour * hoursPerMonth],
    [capacity.rulesPerSecond ? usage.number("rule_evaluations") : undefined, capacity.rulesPerSecond ?? 1],
  ] as const;
  const units = dimensions.flatMap(([load, perUnit]) => (load === undefined ? [] : [amount(load).div(perUnit)]));
  return units.length === 0 ? null : units.reduce((most, unit) => (unit.gt(most) ? unit : most));
}

function capacityLine(resource: ResourceView, kind: string): Line {
  const attributes = { load_balancer_type: kind };
  const name = "Load balancer capacity units";
  const prices = [
    { type: "aws_lb", sku: name, unit: "LCU", attributes },
    { type: "aws_lb", sku: "Load balancer capacity unit-hour", unit: "LCU-hours", attributes, times: hoursPerMonth },
  ];
  return metered(name, "LCU", capacityUnits(resource, capacities[kind] ?? capacities.application!), prices);
}

export const awsLb: PricedType = {
  *lines(resource) {
    const kind = resource.text("load_balancer_type") ?? "application";
    const name = `${kind === "network" ? "Network" : kind === "gateway" ? "Gateway" : "Application"} load balancer`;
    yield hourly(name, { type: "aws_lb", sku: name, unit: "hours" });
    yield capacityLine(resource, kind);
  },
};

export const awsElb: PricedType = {
  *lines(resource) {
    yield hourly("Classic load balancer", { sku: "Classic load balancer", unit: "hours" });
    const processed = resource.usage.number("monthly_data_processed_gb");
    yield metered("Data processed", "GB", processed, { sku: "Data processed", unit: "GB" });
  },
};
