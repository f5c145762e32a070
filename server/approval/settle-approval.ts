import { and, eq } from "drizzle-orm";
import { type ApprovalState, approvalRequests } from "#db/schema/approval.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { notifyChange } from "#server/job/notify-change.ts";

export type ApprovalRow = typeof approvalRequests.$inferSelect;
type Settled = Exclude<ApprovalState, "open">;
type Settlement = { state: Settled; cause: string; environmentName: string; supersededById?: string };

/** Ends an open request, once: whoever comes second is told so. `cause` is shown to everybody. */
export async function settleApproval(tx: Context, request: ApprovalRow, settlement: Settlement): Promise<ApprovalRow> {
  const { state, cause, environmentName, supersededById } = settlement;
  const [row] = await tx.db
    .update(approvalRequests)
    .set({ state, stateReason: cause, settledAt: tx.clock.now(), ...(supersededById && { supersededById }) })
    .where(and(eq(approvalRequests.id, request.id), eq(approvalRequests.state, "open")))
    .returning();
  if (!row) throw new Problem("conflict", "Somebody else settled this request meanwhile. Reload to see how.");
  await recordEvent(tx, {
    action: "approval.settled",
    spaceId: row.spaceId,
    object: { type: "approval", id: row.id, name: environmentName },
    outcome: state === "approved" ? "success" : state === "rejected" ? "denied" : "success",
    data: { state, cause, planHash: row.planHash, environmentId: row.environmentId },
  });
  await notifyChange(tx, { topic: "approval", id: row.id, spaceId: row.spaceId });
  return row;
}
