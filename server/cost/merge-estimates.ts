import type { DeclaredCost, Estimate, EstimateWarning, Resource } from "./cost.ts";
import { hoursPerMonth } from "./line.ts";
import { embeddedPriceBook } from "./price-book/price-book.ts";
import { finishEstimate } from "./summary.ts";

/** An estimate with the grain it is of; null leaves addresses as they are. */
export type GrainEstimate = { grain: string | null; estimate: Estimate };

function addressed({ grain, estimate }: GrainEstimate): { resources: Resource[]; warnings: EstimateWarning[] } {
  if (grain === null) return estimate;
  const inGrain = (address: string) => `${grain}: ${address}`;
  return {
    resources: estimate.resources.map((resource) => ({ ...resource, address: inGrain(resource.address) })),
    warnings: estimate.warnings.map((warning) => ({
      ...warning,
      ...(warning.address && { address: inGrain(warning.address) }),
    })),
  };
}

/** The estimates of all grains of a request as one, with what the blueprint's owner declares. */
export function mergeEstimates(estimates: readonly GrainEstimate[], declared: readonly DeclaredCost[]): Estimate {
  const parts = estimates.map(addressed);
  const first = estimates[0]?.estimate;
  const book = embeddedPriceBook();
  const catalogue = { id: book.id, asOfMin: book.asOfMin, asOfMax: book.asOfMax, provider: "embedded" as const };
  return finishEstimate({
    currency: "USD",
    hoursPerMonth,
    ...(first?.runHours === undefined ? {} : { runHours: first.runHours }),
    catalogue: first?.catalogue ?? catalogue,
    resources: parts.flatMap((part) => part.resources),
    declared,
    warnings: parts.flatMap((part) => part.warnings),
  });
}
