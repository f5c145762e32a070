import { fixed, hoursPerMonth, type Line, metered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { ResourceView } from "#server/cost/priced-type.ts";
import { table } from "#server/cost/table.ts";

export interface DatabaseMachine {
  engine: string;
  instanceClass: string;
}

/** Retention that Performance Insights gives for nothing. */
const freeRetentionDays = 7;

/** Major versions in the first year of paid extended support. */
const extendedSupport = table<readonly string[]>({
  mysql: ["5.7"],
  postgres: ["11", "12"],
  aurora: ["5.7"],
  "aurora-mysql": ["5.7"],
  "aurora-postgresql": ["11", "12"],
});

function vcpuOf(resource: ResourceView, instanceClass: string): number | null {
  return resource.machine(instanceClass.replace(/^db\./, ""))?.vcpu ?? null;
}

export function isExtendedSupport(engine: string, version: string | undefined): boolean {
  const majors = extendedSupport[engine] ?? [];
  return version !== undefined && majors.some((major) => version === major || version.startsWith(`${major}.`));
}

function* insightLines(resource: ResourceView, instanceClass: string, vcpu: number | null): Iterable<Line> {
  if (!resource.flag("performance_insights_enabled")) return;
  const isServerless = instanceClass === "db.serverless";
  if ((resource.number("performance_insights_retention_period") ?? freeRetentionDays) > freeRetentionDays) {
    const name = `Performance Insights Long Term Retention (${isServerless ? "serverless" : instanceClass})`;
    const unit = isServerless ? "ACUs" : "vCPU-month";
    const capacity = resource.usage.number("capacity_units_per_hr");
    if (isServerless) yield metered(name, unit, capacity, { sku: name, unit });
    else if (vcpu !== null) yield fixed(name, unit, vcpu, { sku: name, unit });
  }
  const requests = resource.usage.number("monthly_additional_performance_insights_requests");
  const quantity = requests === undefined ? null : amount(requests).div(1000);
  yield metered("Performance Insights API", "1000 requests", quantity, {
    sku: "Performance Insights API",
    unit: "1000 requests",
  });
}

/** What may come on top of any RDS or Aurora machine: insights, burst credits, extended support. */
export function* databaseExtras(resource: ResourceView, database: DatabaseMachine): Iterable<Line> {
  const { engine, instanceClass } = database;
  const vcpu = vcpuOf(resource, instanceClass);
  yield* insightLines(resource, instanceClass, vcpu);
  if (/^db\.t(3|4g)\./.test(instanceClass)) {
    const hours = resource.usage.number("monthly_cpu_credit_hrs");
    const quantity = hours === undefined ? null : amount(hours).times(vcpu ?? 1);
    yield metered("CPU credits", "vCPU-hours", quantity, { sku: "CPU credits", unit: "vCPU-hours" });
  }
  if (isExtendedSupport(engine, resource.text("engine_version")) && vcpu !== null) {
    const name = "Extended support (year 1)";
    yield fixed(name, "vCPU-hours", vcpu * hoursPerMonth, { sku: name, unit: "vCPU-hours" });
  }
}
