import type { Context } from "#server/context.ts";
import { inTransaction } from "#server/context.ts";
import { decidePlan } from "#server/decision/decide-plan.ts";
import { storeDecision } from "#server/decision/store-decision.ts";
import { environmentObject } from "#server/environment-ref.ts";
import type { Plan } from "#server/plan/plan.ts";
import type { PlanJudgement } from "#server/run/run.ts";
import { readEnvironment } from "./find-environment.ts";
import { prepareAgain } from "./prepare-again.ts";

/**
 * Asks the plan policies about the plan that the driver really made. The answer is kept; anything but an
 * approval stops the run before apply: nobody has seen this plan.
 */
export async function judgePlan(
  ctx: Context,
  environmentId: string,
  planned: { grain: string; plan: Plan },
): Promise<PlanJudgement> {
  const environment = await readEnvironment(ctx, environmentId);
  const prepared = await prepareAgain(ctx, environment);
  const decision = await decidePlan(ctx, prepared, planned);
  const { id, spaceId } = environment;
  const { name } = environmentObject(environment);
  await inTransaction(ctx, (tx) => storeDecision(tx, decision, { spaceId, action: "plan", environment: { id, name } }));
  return decision.word === "Approved" ? { allowed: true } : { allowed: false, reason: decision.sentence };
}
