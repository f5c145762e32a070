import type { DeclaredCost, Estimate, EstimateWarning, Resource } from "./cost.ts";
import { hoursPerMonth } from "./line.ts";
import { embeddedPriceBook } from "./price-book/price-book.ts";
import { finishEstimate, oldPrices } from "./summary.ts";

/** An estimate with the grain it is of; null leaves addresses as they are. */
export type GrainEstimate = { grain: string | null; estimate: Estimate };

/** What stands before the addresses of a grain among several. */
export const grainPrefix = (grain: string | null): string => (grain === null ? "" : `${grain}: `);

/** The age of prices is said once, of all grains together. */
const saidOfOne = (estimate: Estimate): EstimateWarning[] =>
  estimate.warnings.filter((warning) => warning.code !== oldPrices);

function addressed({ grain, estimate }: GrainEstimate): { resources: Resource[]; warnings: EstimateWarning[] } {
  if (grain === null) return { resources: estimate.resources, warnings: saidOfOne(estimate) };
  const inGrain = (address: string) => grainPrefix(grain) + address;
  return {
    resources: estimate.resources.map((resource) => ({ ...resource, address: inGrain(resource.address) })),
    warnings: saidOfOne(estimate).map((warning) => ({
      ...warning,
      ...(warning.address && { address: inGrain(warning.address) }),
    })),
  };
}

/** What a blueprint says of its cost beside its plans. */
export interface BlueprintCost {
  declared: readonly DeclaredCost[];
  usageFiles?: readonly string[];
  warnings?: readonly EstimateWarning[];
}

/** Each once and in one order, whichever grain said it first. */
function inOrder(warnings: readonly EstimateWarning[]): EstimateWarning[] {
  const keyed = new Map(
    warnings.map((warning) => [`${warning.code} ${warning.address ?? ""} ${warning.text}`, warning]),
  );
  return [...keyed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, warning]) => warning);
}

/** The estimates of all grains of a request as one, with what the blueprint's owner declares. */
export function mergeEstimates(estimates: readonly GrainEstimate[], beside: BlueprintCost): Estimate {
  const { declared, usageFiles = [], warnings = [] } = beside;
  const asking = estimates.find(({ estimate }) => estimate.catalogue.provider !== "embedded");
  const parts = estimates.map(addressed);
  const first = estimates[0]?.estimate;
  const book = embeddedPriceBook();
  const catalogue = { id: book.id, asOfMin: book.asOfMin, asOfMax: book.asOfMax, provider: "embedded" as const };
  return finishEstimate({
    currency: "USD",
    hoursPerMonth,
    ...(first?.runHours === undefined ? {} : { runHours: first.runHours }),
    catalogue: (asking ?? estimates[0])?.estimate.catalogue ?? catalogue,
    ...(usageFiles.length > 0 && { usageFiles: [...usageFiles] }),
    resources: parts.flatMap((part) => part.resources),
    declared,
    warnings: inOrder([...parts.flatMap((part) => part.warnings), ...warnings]),
  });
}
