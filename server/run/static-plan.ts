import type { GrainStep } from "#server/grain/driver.ts";
import type { Plan } from "#server/plan/plan.ts";
import { PlanError } from "#server/plan/plan-error.ts";
import { planGrain } from "#server/plan/plan-grain.ts";
import { settleProviders } from "#server/plan/provider-settings.ts";

function planInputOf(step: GrainStep) {
  // The request for a failure is meant for the simulator, not for the module.
  const { simulate_failure: _, ...variables } = step.inputs;
  return { files: step.files, variables, defaultTags: step.tags };
}

/** The plan of a grain from its files alone, or null where there is none to make. */
export function staticPlan(step: GrainStep): Promise<Plan | null> {
  return planGrain(step.grain, planInputOf(step));
}

/** A driver's own plan, with what its provider configurations come to. */
export async function withProviders(step: GrainStep, plan: Plan): Promise<Plan> {
  if (plan.gantry.source !== "real") return plan;
  const providers = await settleProviders(step.grain, plan, planInputOf(step)).catch((error: unknown) => {
    // What can't be told is left out, and the policies that need it say no.
    if (error instanceof PlanError) return {};
    throw error;
  });
  return { ...plan, gantry: { ...plan.gantry, providers } };
}
