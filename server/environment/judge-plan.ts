import { eq } from "drizzle-orm";
import { environments } from "#db/schema/environment.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import type { Context } from "#server/context.ts";
import { inTransaction } from "#server/context.ts";
import type { Estimate } from "#server/cost/cost.ts";
import { decidePlan } from "#server/decision/decide-plan.ts";
import { storeDecision } from "#server/decision/store-decision.ts";
import { environmentObject } from "#server/environment-ref.ts";
import { notifyChange } from "#server/job/notify-change.ts";
import type { Plan } from "#server/plan/plan.ts";
import type { PlanJudgement } from "#server/run/run.ts";
import { approvedCost, askForCost } from "./cost-approval.ts";
import { readEnvironment } from "./find-environment.ts";
import type { Environment } from "./move-environment.ts";
import { prepareAgain } from "./prepare-again.ts";
import { priceColumns } from "./price-columns.ts";

/** From here on the environment costs what its real plan says: budgets, lists and accrual follow. */
async function reprice(
  tx: Context,
  environment: Environment,
  { estimate, grain }: { estimate: Estimate; grain: string },
) {
  const { id, spaceId } = environment;
  const columns = priceColumns(estimate);
  if ((environment.estimate as Estimate | null)?.hash === estimate.hash) return;
  await tx.db.update(environments).set(columns).where(eq(environments.id, id));
  await recordEvent(tx, {
    action: "environment.repriced",
    spaceId,
    object: environmentObject(environment),
    data: { grain, before: environment.monthlyEstimate, after: columns.monthlyEstimate },
  });
  await notifyChange(tx, { topic: "environment", id, spaceId });
}

/**
 * Asks the policies about the plan that the driver really made, and about its cost where that is not the one foreseen.
 * The answer is kept; anything but an approval stops the run before apply: nobody has seen this plan. Where only its cost
 * needs approval, people are asked, and it goes on when they agree.
 */
export async function judgePlan(
  ctx: Context,
  environmentId: string,
  { grain, plan }: { grain: string; plan: Plan },
): Promise<PlanJudgement> {
  const environment = await readEnvironment(ctx, environmentId);
  const prepared = await prepareAgain(ctx, environment);
  const approved = await approvedCost(ctx, environmentId);
  const decision = await decidePlan(ctx, prepared, { grain, plan, approved });
  const { estimate, waitsForCost, word, sentence } = decision;
  const { id, spaceId } = environment;
  const { name } = environmentObject(environment);
  await inTransaction(ctx, async (tx) => {
    const stored = await storeDecision(tx, decision, { spaceId, action: "plan", environment: { id, name } });
    if (word === "Approved" || waitsForCost) await reprice(tx, environment, { estimate, grain });
    if (waitsForCost) {
      const { requestedBy } = prepared.request;
      await askForCost(tx, environment, { decision, decisionId: stored.id, grain, requestedBy });
    }
  });
  if (word === "Approved") return { allowed: true };
  return { allowed: false, reason: waitsForCost ? `${sentence} People have been asked.` : sentence };
}
