import { Decimal } from "decimal.js";
import type { Estimate } from "./cost.ts";

/**
 * The one figure shown for a month: list prices and declared costs together, in the estimate's currency. Null when nothing
 * at all is known, so that an unknown cost is never taken for a zero.
 */
export function shownMonthly(estimate: Estimate): number | null {
  const { coverage, declared, total } = estimate;
  const isKnown =
    declared !== undefined || coverage.priced > 0 || coverage.free + coverage.dependsOnUsage === coverage.detected;
  if (!isKnown || (coverage.detected === 0 && !declared)) return null;
  return new Decimal(total.baseline)
    .plus(total.usage)
    .plus(declared?.monthly ?? 0)
    .toNumber();
}

/** Cost per hour of running; a month has `hoursPerMonth` hours. */
export function shownHourly(estimate: Estimate): number | null {
  const monthly = shownMonthly(estimate);
  return monthly === null ? null : monthly / estimate.hoursPerMonth;
}
