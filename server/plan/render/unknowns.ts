import type { ModuleInstance } from "#server/plan/module/module-instance.ts";
import type { PlanUnknown } from "#server/plan/plan.ts";
import type { CollectedChanges } from "./changes.ts";
import { unknownPaths } from "./json-value.ts";

const mostListed = 2_000;

/** What the configuration sets but nobody can know yet. What only the provider computes is not listed: it is never known. */
export function collectUnknowns(
  root: ModuleInstance,
  changes: CollectedChanges,
): { unknowns: PlanUnknown[]; total: number } {
  const unknowns: PlanUnknown[] = [...changes.hidden];
  let total = unknowns.length;
  const add = (address: string, found: readonly { path: string; reason: string }[]) => {
    total += found.length;
    for (const { path, reason } of found) if (unknowns.length < mostListed) unknowns.push({ address, path, reason });
  };
  for (const { instance } of changes.planned) add(instance.address, unknownPaths(instance.config, ""));
  for (const name of root.source.outputs.keys()) add(`output.${name}`, unknownPaths(root.output(name), ""));
  return { unknowns, total };
}
