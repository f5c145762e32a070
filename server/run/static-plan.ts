import type { GrainStep } from "#server/grain/driver.ts";
import { buildStaticPlan, type Plan } from "#server/plan/plan.ts";

/** The plan of a grain from its files alone, or null where its kind has none. */
export async function staticPlan(step: GrainStep): Promise<Plan | null> {
  const { kind, spec } = step.grain;
  if ((kind !== "terraform" && kind !== "opentofu") || !spec.source || spec.source.store) return null;
  const { _: spread, ...variables } = step.inputs;
  return buildStaticPlan({
    files: new Map(Object.entries(step.files)),
    modulePath: spec.source.path.replace(/^\.?\/+|\/+$/g, "").replace(/^\.$/, ""),
    variables: withoutFaults(variables),
    defaultTags: step.tags,
  });
}

/** The request for a failure is meant for the simulator, not for the module. */
function withoutFaults({ simulate_failure: _, ...variables }: Record<string, string>): Record<string, string> {
  return variables;
}
