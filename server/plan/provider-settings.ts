import type { Grain } from "#server/blueprint/blueprint.ts";
import type { Plan, PlanModule, PlanNotes } from "./plan.ts";
import { type GrainPlanInput, planGrain } from "./plan-grain.ts";

/**
 * What each provider configuration comes to, now that a real plan has read the data sources: Terraform's own JSON gives
 * expressions only. A setting that still can't be told is left out.
 */
export async function settleProviders(
  grain: Grain,
  real: Plan,
  input: GrainPlanInput,
): Promise<PlanNotes["providers"]> {
  const readData = new Map<string, Readonly<Record<string, unknown>>>();
  for (const root of [real.prior_state?.values?.root_module, real.planned_values.root_module])
    if (root) collectData(root, readData);
  const settled = await planGrain(grain, { ...input, readData });
  return settled?.gantry.providers ?? {};
}

function collectData(module: PlanModule, found: Map<string, Readonly<Record<string, unknown>>>): void {
  for (const { mode, address, values } of module.resources ?? []) if (mode === "data") found.set(address, values);
  for (const child of module.child_modules ?? []) collectData(child, found);
}
