import { and, asc, inArray, lte } from "drizzle-orm";
import { approvalRequests } from "#db/schema/approval.ts";
import { environments } from "#db/schema/environment.ts";
import { settleApproval } from "#server/approval/settle-approval.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { environmentObject } from "#server/environment-ref.ts";
import { dueEvent } from "./due-event.ts";
import { lockEnvironment } from "./find-environment.ts";
import { moveEnvironment } from "./move-environment.ts";
import { beginEnd } from "./terminate-environment.ts";

const batch = 200;

/** Begins the end of every environment whose end has come. Each in a transaction of its own; returns how many. */
export async function expireDue(ctx: Context): Promise<number> {
  const now = ctx.clock.now();
  const due = await ctx.db
    .select({ id: environments.id })
    .from(environments)
    .where(and(inArray(environments.state, ["active", "updating", "launch_failed"]), lte(environments.endsAt, now)))
    .orderBy(asc(environments.endsAt))
    .limit(batch);
  let ended = 0;
  for (const { id } of due)
    ended += await inTransaction(ctx, async (tx) => {
      const environment = await lockEnvironment(tx, id, "environment.terminate");
      if (dueEvent(environment, now) !== "terminate") return 0;
      await beginEnd(tx, environment, "Its end time has come.");
      return 1;
    });
  return ended;
}

/** Ends approval requests that nobody settled in time, and with them what waited. Returns how many. */
export async function expireApprovals(ctx: Context): Promise<number> {
  const now = ctx.clock.now();
  const due = await ctx.db
    .select({ id: approvalRequests.id, environmentId: approvalRequests.environmentId })
    .from(approvalRequests)
    .where(and(inArray(approvalRequests.state, ["open"]), lte(approvalRequests.expiresAt, now)))
    .orderBy(asc(approvalRequests.expiresAt))
    .limit(batch);
  let expired = 0;
  for (const { id, environmentId } of due)
    expired += await inTransaction(ctx, async (tx) => {
      const environment = await lockEnvironment(tx, environmentId, "environment.read");
      const [request] = await tx.db
        .select()
        .from(approvalRequests)
        .where(inArray(approvalRequests.id, [id]))
        .for("update");
      if (request?.state !== "open") return 0;
      const cause = "Nobody decided in time.";
      await settleApproval(tx, request, {
        state: "expired",
        cause,
        environmentName: environmentObject(environment).name,
      });
      if (request.action === "launch" && environment.state === "awaiting_approval")
        await moveEnvironment(tx, environment, "expire", { reason: cause });
      return 1;
    });
  return expired;
}
