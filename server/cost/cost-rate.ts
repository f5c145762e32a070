import type { Estimate, Money } from "./cost.ts";
import { hoursPerMonth } from "./line.ts";
import { amount, money, sum } from "./money.ts";

/** What an hour costs at least, declared costs by the hour or month included: Torque's average hourly cost. */
export function hourlyRate(estimate: Pick<Estimate, "total" | "declared">): Money {
  const monthly = amount(estimate.total.lower).plus(estimate.declared?.monthly ?? 0);
  return money(monthly.div(hoursPerMonth));
}

/** What a month costs at least, list prices and declared costs together: the figure that limits and budgets compare. */
export function committedMonthly(estimate: Pick<Estimate, "total" | "declared">): Money {
  return money(amount(estimate.total.lower).plus(estimate.declared?.monthly ?? 0));
}

export interface HourlyRates {
  /** Billed while things run. */
  running: Money;
  /** Billed as long as things exist, stopped or not. */
  provisioned: Money;
  /** Metered: an expectation, not a clock. */
  usage: Money;
}

/** The hourly rate by what makes it tick, so that a stopped environment can be accrued without its machines. */
export function ratesByPhase(estimate: Pick<Estimate, "resources">): HourlyRates {
  const components = estimate.resources.flatMap((resource) => resource.components);
  const rate = (phase: keyof HourlyRates) => {
    const monthly = components
      .filter((component) => component.billsWhile === phase)
      .map((component) => component.monthly ?? 0);
    return money(sum(monthly).div(hoursPerMonth));
  };
  return { running: rate("running"), provisioned: rate("provisioned"), usage: rate("usage") };
}
