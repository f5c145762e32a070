import type { Estimate } from "#server/cost/cost.ts";
import type { Plan } from "#server/plan/plan.ts";
import type { Verdict } from "#server/policy/verdict.ts";

/** Verdicts as a decision's row keeps them; written by the gate alone. */
export function storedVerdicts(value: unknown): Verdict[] {
  return Array.isArray(value) ? (value as Verdict[]) : [];
}

/** An estimate as an environment's row keeps it; null where none could be made. */
export function storedEstimate(value: unknown): Estimate | null {
  return value !== null && typeof value === "object" && "resources" in value ? (value as Estimate) : null;
}

/** Redacted plans by grain, as an environment's row keeps them. */
export function storedPlans(value: unknown): Record<string, Plan> {
  return value !== null && typeof value === "object" ? (value as Record<string, Plan>) : {};
}

/** The upper end of a stored estimate's figure: null where it is the known part only, nothing where it is all. */
export function openEnd(estimate: unknown): null | undefined {
  return storedEstimate(estimate)?.total.upper === null ? null : undefined;
}
