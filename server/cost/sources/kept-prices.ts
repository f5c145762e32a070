import { type ExtraPrices, missingId } from "#server/cost/component.ts";
import type { Component, Estimate, PriceProvider } from "#server/cost/cost.ts";
import { type EstimateOptions, estimatePlan } from "#server/cost/estimate.ts";
import { amount, money } from "#server/cost/money.ts";
import type { PlanDocument } from "#server/cost/plan-document.ts";
import type { FoundPrice } from "#server/cost/price-book/price-book.ts";
import { priceSourceFailed } from "./price-source.ts";

type Kept = FoundPrice & { provider: PriceProvider };

/** Names its fields one by one: an estimate read back from the database has them in another order, and is hashed. */
function keptPrice(component: Component): Kept | null {
  const { priceRef, unitPrice } = component;
  if (!priceRef?.provider || unitPrice === null) return null;
  const { table, sku, region, asOf, source, precision, provider } = priceRef;
  return { unitPrice: money(amount(unitPrice)), ref: { table, sku, region, asOf, source, precision }, provider };
}

/** The prices that a connected source gave for an estimate, as it was stored; `prefix` chooses one grain's resources. */
export function keptPrices(estimate: Pick<Estimate, "resources">, prefix = ""): ExtraPrices {
  const prices = new Map<string, Kept>();
  for (const { address, components } of estimate.resources) {
    if (!address.startsWith(prefix)) continue;
    for (const component of components) {
      const price = keptPrice(component);
      if (price) prices.set(missingId(address.slice(prefix.length), component.group ?? [], component.name), price);
    }
  }
  return prices;
}

/**
 * Estimates anew without asking anybody: what a connected source said when the request was made still holds, so that its
 * silence or a new price of a cent does not undo an approval.
 */
export function estimateAsBefore(
  plan: PlanDocument,
  options: EstimateOptions,
  before: Pick<Estimate, "resources" | "warnings">,
  prefix = "",
): Estimate {
  const extra = keptPrices(before, prefix);
  const provider = [...extra.values()][0]?.provider;
  const failures = before.warnings.filter((warning) => warning.code === priceSourceFailed);
  const warnings = failures.map(({ code, text }) => ({ code, text }));
  return estimatePlan(plan, { ...options, ...(provider ? { extra, provider } : {}), warnings });
}
