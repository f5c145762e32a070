import { digestOf } from "#server/canonical-json.ts";
import type { Plan } from "./plan.ts";

/**
 * A hash of what the plan would do: the order of keys and of resources does not matter, nor does when or by which
 * version it was made. Approvals bind to it.
 */
export function planHash(plan: Plan): string {
  const byAddress = (change: Plan["resource_changes"][number]) => `${change.address}\0${change.deposed ?? ""}`;
  const changes = [...plan.resource_changes].sort((left, right) => (byAddress(left) < byAddress(right) ? -1 : 1));
  const judged = {
    variables: plan.variables ?? {},
    resource_changes: changes,
    deferred_changes: plan.deferred_changes ?? [],
    output_changes: plan.output_changes ?? {},
    configuration: plan.configuration,
    source: plan.gantry.source,
  };
  return digestOf(judged);
}
