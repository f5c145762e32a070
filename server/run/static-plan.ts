import type { GrainStep } from "#server/grain/driver.ts";
import { buildStaticPlan, type Plan } from "#server/plan/plan.ts";

/** The plan of a grain from its files alone, or null where there is none to make. */
export async function staticPlan(step: GrainStep): Promise<Plan | null> {
  const { kind, spec } = step.grain;
  if ((kind !== "terraform" && kind !== "opentofu") || spec.source?.store) return null;
  const modulePath = (spec.source?.path ?? "").replace(/^\.?\/+|\/+$/g, "").replace(/^\.$/, "");
  const prefix = modulePath && `${modulePath}/`;
  if (!Object.keys(step.files).some((name) => name.startsWith(prefix) && /\.tf(\.json)?$/.test(name))) return null;
  // The request for a failure is meant for the simulator, not for the module.
  const { _: spread, simulate_failure: fault, ...variables } = step.inputs;
  return buildStaticPlan({
    files: new Map(Object.entries(step.files)),
    modulePath,
    variables,
    defaultTags: step.tags,
  });
}
