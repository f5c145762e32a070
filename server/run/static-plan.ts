import type { GrainStep, Plan } from "#server/grain/driver.ts";

/** The plan of a grain from its files alone, or null where its kind has none. */
export async function staticPlan(_step: GrainStep): Promise<Plan | null> {
  return null;
}
