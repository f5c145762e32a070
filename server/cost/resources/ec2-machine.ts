import { fixed, hourly, hoursPerMonth, type Line, metered, unlisted } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { ResourceView } from "#server/cost/priced-type.ts";
import { table } from "#server/cost/table.ts";
import type { Usage } from "#server/cost/usage.ts";

/** What sets the price of a running EC2 machine, whoever starts it. */
export interface Ec2Machine {
  instanceType: string;
  tenancy: string;
  isSpot: boolean;
  isEbsOptimized: boolean;
  isMonitored: boolean;
  /** "unlimited", "standard" or not said. */
  cpuCredits: string | undefined;
}

const osNames = table<string>({ linux: "Linux/UNIX", windows: "Windows", rhel: "RHEL", suse: "SUSE" });

/** Old types whose EBS optimisation costs extra; only the small ones have a price in the catalogue. */
const ebsFee = table<boolean>({
  "c3.xlarge": true,
  "i2.xlarge": true,
  "r3.xlarge": true,
  "c3.2xlarge": false,
  "c3.4xlarge": false,
  "g2.2xlarge": false,
  "i2.2xlarge": false,
  "i2.4xlarge": false,
  "m3.xlarge": false,
  "m3.2xlarge": false,
  "r3.2xlarge": false,
  "r3.4xlarge": false,
});

const monitoringMetrics = 7;
const burstable = /^t(2|3|3a|4g)\./;

function runningLine(machine: Ec2Machine, usage: Usage): Line {
  const os = usage.text("operating_system") ?? "linux";
  const hours = usage.number("monthly_hrs") ?? usage.number("monthly_hours") ?? hoursPerMonth;
  const isReserved = usage.text("reserved_instance_term") !== undefined;
  const term = isReserved ? "reserved" : machine.isSpot ? "spot" : "on-demand";
  const name = `Instance usage (${osNames[os] ?? os}, ${term}, ${machine.instanceType})`;
  if (isReserved) return unlisted(name, "hours", hours, "reserved terms are not list prices; see the on-demand price");
  if (machine.tenancy === "dedicated")
    return unlisted(name, "hours", hours, "dedicated tenancy has no list price here");
  const price = { type: "aws_instance", sku: machine.instanceType, unit: "hours", attributes: { os } };
  return hourly(name, price, { hours, isSpot: machine.isSpot, billsWhile: "running" });
}

/** Burst credits: T3 and younger bill them unless told not to, T2 only when told to. */
function* creditLines(machine: Ec2Machine, usage: Usage, vcpu: number | undefined): Iterable<Line> {
  const mode = machine.cpuCredits ?? (machine.instanceType.startsWith("t2.") ? "standard" : "unlimited");
  if (!burstable.test(machine.instanceType) || mode !== "unlimited") return;
  const hours = usage.number("monthly_cpu_credit_hrs");
  if (hours === 0) return;
  const quantity = hours === undefined ? null : amount(hours).times(usage.number("vcpu_count") ?? vcpu ?? 1);
  const price = { type: "aws_instance", sku: "CPU credits", unit: "vCPU-hours" };
  const note = quantity === null ? "only beyond the baseline of the machine" : undefined;
  yield metered("CPU credits", "vCPU-hours", quantity, price, note === undefined ? {} : { note });
}

function ebsOptimizedLine(machine: Ec2Machine, usage: Usage): Line | null {
  const isListed = ebsFee[machine.instanceType];
  if (!machine.isEbsOptimized || isListed === undefined) return null;
  const hours = usage.number("monthly_hrs") ?? hoursPerMonth;
  const price = { type: "aws_instance", sku: "EBS-optimized usage", unit: "hours" };
  if (isListed) return hourly("EBS-optimized usage", price, { hours, billsWhile: "running" });
  return unlisted("EBS-optimized usage", "hours", hours, `no list price for ${machine.instanceType}`);
}

/** The lines of one running machine, without its disks. */
export function* machineLines(
  machine: Ec2Machine,
  resource: ResourceView,
  usage: Usage = resource.usage,
): Iterable<Line> {
  yield runningLine(machine, usage);
  const optimized = ebsOptimizedLine(machine, usage);
  if (optimized) yield optimized;
  if (machine.isMonitored) {
    const price = { type: "aws_instance", sku: "EC2 detailed monitoring", unit: "metrics" };
    yield fixed("EC2 detailed monitoring", "metrics", monitoringMetrics, price, { billsWhile: "running" });
  }
  yield* creditLines(machine, usage, resource.machine(machine.instanceType)?.vcpu);
}
