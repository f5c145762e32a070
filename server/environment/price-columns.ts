import type { Estimate } from "#server/cost/cost.ts";
import { shownHourly, shownMonthly } from "#server/cost/shown-monthly.ts";

function money(value: number | null): string | null {
  return value === null ? null : value.toFixed(6);
}

/** What an environment keeps of its estimate: all of it, and the two figures that lists and the accrual ask for. */
export function priceColumns(estimate: Estimate) {
  return { estimate, monthlyEstimate: money(shownMonthly(estimate)), hourlyCost: money(shownHourly(estimate)) };
}
