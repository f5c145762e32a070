import { and, desc, eq } from "drizzle-orm";
import { approvalRequests } from "#db/schema/approval.ts";
import type { Actor } from "#server/actor.ts";
import { lockOpenApproval, openApproval } from "#server/approval/open-approval.ts";
import type { Context } from "#server/context.ts";
import type { PlanDecision } from "#server/decision/decide-plan.ts";
import type { CostRange } from "#server/decision/judge-cost.ts";
import { environmentObject } from "#server/environment-ref.ts";
import type { Environment } from "./move-environment.ts";

/** What people last approved of a real plan's cost; null where nobody was asked or nobody agreed. */
export async function approvedCost(ctx: Pick<Context, "db">, environmentId: string): Promise<CostRange | null> {
  const { environmentId: ofEnvironment, action, state, settledAt, payload } = approvalRequests;
  const [row] = await ctx.db
    .select({ payload })
    .from(approvalRequests)
    .where(and(eq(ofEnvironment, environmentId), eq(action, "plan"), eq(state, "approved")))
    .orderBy(desc(settledAt))
    .limit(1);
  return (row?.payload.cost as CostRange | undefined) ?? null;
}

type Asked = { decision: PlanDecision; decisionId: string; grain: string; requestedBy: Actor };

/** Has people asked whether the environment may cost what its real plan says; an older question of that kind is void. */
export async function askForCost(tx: Context, environment: Environment, asked: Asked): Promise<void> {
  const { decision, decisionId, grain, requestedBy } = asked;
  const older = await lockOpenApproval(tx, environment.id, "plan");
  const { lower, upper } = decision.estimate.total;
  await openApproval(tx, {
    replaces: older && { request: older, cause: "A newer plan was made." },
    spaceId: environment.spaceId,
    environment: { id: environment.id, name: environmentObject(environment).name },
    decisionId,
    action: "plan",
    payload: { grain, cost: { lower, upper } },
    planHash: decision.planHash,
    reason: decision.sentence,
    requiredApprovals: decision.requiredApprovals,
    requestedBy,
    alsoBarred: [environment.ownerId],
  });
}
