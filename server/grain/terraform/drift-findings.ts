import type { DriftFinding } from "#server/grain/driver.ts";
import type { Plan, ResourceChange } from "#server/plan/plan.ts";
import { attributeChanges } from "#server/plan/summarize-plan.ts";

/** Attributes that only tell the time: a database's is another every five minutes, and nobody changed anything. */
const moving = /^latest_restorable_time$/;

/** What a refresh found to be otherwise. */
export const driftIn = (plan: Plan): ResourceChange[] =>
  (plan.resource_drift ?? []).filter(({ mode }) => mode === "managed");

/** The same, field by field. */
export const findingsIn = (plan: Plan): DriftFinding[] => driftIn(plan).flatMap(findingsOf);

function findingsOf({ address, change }: ResourceChange): DriftFinding[] {
  if (change.actions.includes("delete"))
    return [{ address, field: "exists", expected: true, actual: false, gone: true }];
  return attributeChanges(change)
    .filter(({ path }) => !moving.test(path))
    .map(({ path, before, after, isSensitive }) => ({
      address,
      field: path,
      expected: isSensitive ? "(sensitive)" : (before ?? null),
      actual: isSensitive ? "(sensitive)" : (after ?? null),
      gone: false,
    }));
}
