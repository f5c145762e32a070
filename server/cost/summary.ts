import { createHash } from "node:crypto";

import type { Coverage, DeclaredCost, Estimate, EstimateWarning, Resource, State } from "./cost.ts";
import { hoursPerMonth } from "./line.ts";
import { amount, money, sum } from "./money.ts";

const counters = {
  priced: "priced",
  free: "free",
  depends_on_usage: "dependsOnUsage",
  no_price: "noPrice",
  unsupported: "unsupported",
  unknown: "unknown",
} as const satisfies Record<State, keyof Coverage>;

function coverageOf(resources: readonly Resource[]): Coverage {
  const coverage: Coverage = {
    detected: resources.length,
    priced: 0,
    free: 0,
    dependsOnUsage: 0,
    noPrice: 0,
    unsupported: 0,
    unknown: 0,
    byType: {},
  };
  const byType = new Map<string, number>();
  for (const resource of resources) {
    coverage[counters[resource.state]] += 1;
    byType.set(resource.type, (byType.get(resource.type) ?? 0) + 1);
  }
  coverage.byType = Object.fromEntries([...byType].sort(([a], [b]) => (a < b ? -1 : 1)));
  return coverage;
}

function totalOf(resources: readonly Resource[], warnings: readonly EstimateWarning[]): Estimate["total"] {
  const components = resources.flatMap((resource) => resource.components);
  const priced = components.filter((component) => component.monthly !== null);
  const isOpen =
    warnings.some((warning) => warning.code === "remote_module") ||
    resources.some((resource) => resource.state === "unsupported" || resource.state === "unknown") ||
    components.some(
      (component) => component.state !== "free" && component.monthly === null && component.high === undefined,
    );
  const lower = sum(components.map((component) => component.low ?? component.monthly ?? 0));
  const upper = sum(components.map((component) => component.high ?? component.monthly ?? 0));
  return {
    lower: money(lower),
    upper: isOpen ? null : money(upper),
    baseline: money(sum(priced.filter((component) => !component.usageBased).map((component) => component.monthly!))),
    usage: money(sum(priced.filter((component) => component.usageBased).map((component) => component.monthly!))),
  };
}

function declaredOf(costs: readonly DeclaredCost[]): Pick<Estimate, "declared"> {
  if (costs.length === 0) return {};
  const monthly = costs.filter((cost) => cost.per !== "launch");
  const inMonth = (cost: DeclaredCost) => amount(cost.amount).times(cost.per === "hour" ? hoursPerMonth : 1);
  return {
    declared: {
      costs: [...costs],
      monthly: money(sum(monthly.map(inMonth))),
      perLaunch: money(sum(costs.filter((cost) => cost.per === "launch").map((cost) => cost.amount))),
    },
  };
}

function runOf(hours: number | undefined, total: Estimate["total"]): Pick<Estimate, "run"> {
  if (hours === undefined) return {};
  const share = amount(hours).div(hoursPerMonth);
  const upper = total.upper === null ? null : money(amount(total.upper).times(share));
  return { run: { hours, lower: money(amount(total.lower).times(share)), upper } };
}

const monthsUntilOld = 12;
export const oldPrices = "old_prices";

/** Prices are as old as their sheet: said once when a price that was used is over a year older than the newest one. */
function ageWarnings(estimate: Pick<Estimate, "resources" | "catalogue">): EstimateWarning[] {
  const newest = Date.parse(estimate.catalogue.asOfMax);
  const dates = estimate.resources
    .flatMap((resource) => resource.components.map((component) => component.priceRef?.asOf ?? ""))
    .filter((date) => /^\d{4}-\d{2}-\d{2}$/.test(date))
    .sort();
  const oldest = dates[0];
  if (!oldest || newest - Date.parse(oldest) < monthsUntilOld * 30.4 * 24 * 3600_000) return [];
  return [
    { code: oldPrices, text: `Some prices are of ${oldest}, more than ${monthsUntilOld} months before the newest` },
  ];
}

type Draft = Omit<Estimate, "total" | "run" | "declared" | "coverage" | "hash"> & { declared: readonly DeclaredCost[] };

/** Sums, counts and hashes. Equal input gives equal bytes. */
export function finishEstimate(draft: Draft): Estimate {
  const { declared, warnings, ...known } = draft;
  const total = totalOf(known.resources, warnings);
  const body = {
    ...known,
    total,
    ...runOf(draft.runHours, total),
    ...declaredOf(declared),
    coverage: coverageOf(known.resources),
    warnings: [...warnings, ...ageWarnings(known)],
  };
  const hash = createHash("sha256").update(JSON.stringify(body)).digest("hex");
  return { ...body, hash };
}
