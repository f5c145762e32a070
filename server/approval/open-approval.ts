import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { approvalRequests } from "#db/schema/approval.ts";
import { type Actor, recordActor } from "#server/actor.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import type { Context } from "#server/context.ts";
import { notifyChange } from "#server/job/notify-change.ts";
import { type ApprovalRow, settleApproval } from "./settle-approval.ts";

/** What people are asked about; `plan`: what the real plan costs, where nobody approved as much. */
export const approvalActions = ["launch", "extend", "plan"] as const;
export type ApprovalAction = (typeof approvalActions)[number];

type NewApproval = {
  /** An open request that this one takes the place of: it ends as superseded, and leads here. */
  replaces?: { request: ApprovalRow; cause: string } | undefined;
  spaceId: string;
  environment: { id: string; name: string };
  decisionId: string;
  action: ApprovalAction;
  payload?: Record<string, unknown>;
  planHash: string;
  reason: string;
  requiredApprovals: number;
  requestedBy: Actor;
  /** People besides the requester who must not vote, e.g. the environment's owner. */
  alsoBarred?: readonly string[];
};

/** How long people have to decide. */
export const approvalHours = 72;

/** Everybody who asked: the actor, whoever it acts for, and who else took part. */
function barred(request: NewApproval): string[] {
  const { requestedBy, alsoBarred = [] } = request;
  const behalf = requestedBy.kind === "automation" && requestedBy.onBehalfOf ? [requestedBy.onBehalfOf.id] : [];
  return [...new Set([requestedBy.id, ...behalf, ...alsoBarred])];
}

/** Opens a request for people to decide, in the transaction of the decision that asks for it. */
export async function openApproval(tx: Context, request: NewApproval): Promise<{ id: string }> {
  const now = tx.clock.now();
  const { requestedBy, alsoBarred: _also, replaces, environment, ...columns } = request;
  const id = randomUUID();
  // First: an environment has one open request of a kind at most.
  if (replaces)
    await settleApproval(tx, replaces.request, {
      state: "superseded",
      cause: replaces.cause,
      environmentName: environment.name,
      supersededById: id,
    });
  const [row] = await tx.db
    .insert(approvalRequests)
    .values({
      ...columns,
      id,
      environmentId: environment.id,
      requestedBy: recordActor(requestedBy),
      barredIds: barred(request),
      expiresAt: new Date(now.getTime() + approvalHours * 3_600_000),
      createdAt: now,
    })
    .returning({ id: approvalRequests.id });
  const { planHash, requiredApprovals, reason, action } = request;
  await recordEvent(tx, {
    action: "approval.opened",
    spaceId: request.spaceId,
    object: { type: "approval", id: row!.id, name: environment.name },
    data: { planHash, requiredApprovals, reason, for: action, environmentId: environment.id },
  });
  await notifyChange(tx, { topic: "approval", id: row!.id, spaceId: request.spaceId });
  return row!;
}

/** The open request of an environment for one action, locked; undefined when none waits. */
export async function lockOpenApproval(tx: Context, environmentId: string, action: ApprovalAction) {
  const where = and(
    eq(approvalRequests.environmentId, environmentId),
    eq(approvalRequests.action, action),
    eq(approvalRequests.state, "open"),
  );
  const [row] = await tx.db.select().from(approvalRequests).where(where).for("update");
  return row;
}
