import type { ExtraPrices, MissingPrice } from "#server/cost/component.ts";
import type { Estimate, EstimateWarning, PriceProvider } from "#server/cost/cost.ts";
import { type EstimateOptions, estimateWithMissing } from "#server/cost/estimate.ts";
import type { PlanDocument } from "#server/cost/plan-document.ts";
import { withDeadline } from "#server/with-deadline.ts";

/** A place that knows prices which the embedded book lacks. */
export interface PriceSource {
  readonly provider: Exclude<PriceProvider, "embedded">;
  /** Prices by `missingId`; what it does not know is simply absent. */
  findPrices(request: PriceRequest, signal: AbortSignal): Promise<ExtraPrices>;
}

export interface PriceRequest {
  plan: PlanDocument;
  missing: readonly MissingPrice[];
}

export const priceTimeoutMs = 10_000;

export const priceSourceFailed = "price_source_failed";

const sourceNames = {
  "infracost-cli": "Infracost",
  "pricing-api": "The pricing API",
} as const satisfies Record<PriceSource["provider"], string>;

function failure(source: PriceSource, error: unknown): EstimateWarning {
  const isTimeout = error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError");
  const reason = isTimeout ? "it did not answer in time" : error instanceof Error ? error.message : "it failed";
  return {
    code: priceSourceFailed,
    text: `${sourceNames[source.provider]} gave no prices (${reason}); only the built-in price book was used`,
  };
}

export interface PriceAsking {
  source: PriceSource;
  timeoutMs?: number;
  /** The plan without its secrets, for the source to see; by default the plan itself. */
  shown?: PlanDocument;
}

/**
 * Estimates with the embedded book first and asks the source only for what is missing. A source that fails or is slow
 * changes nothing but a warning: an estimate never waits longer than its time-out.
 */
export async function estimateWithSource(
  plan: PlanDocument,
  options: EstimateOptions,
  asking: PriceAsking,
): Promise<Estimate> {
  const { source, timeoutMs = priceTimeoutMs } = asking;
  const first = estimateWithMissing(plan, options);
  if (first.missing.length === 0) return first.estimate;
  try {
    const wanted = { plan: asking.shown ?? plan, missing: first.missing };
    const extra = await withDeadline(timeoutMs, (signal) => source.findPrices(wanted, signal));
    if (extra.size === 0) return first.estimate;
    return estimateWithMissing(plan, { ...options, extra, provider: source.provider }).estimate;
  } catch (error) {
    return estimateWithMissing(plan, { ...options, warnings: [failure(source, error)] }).estimate;
  }
}
