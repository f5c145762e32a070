import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { approvalRequests, approvalVotes } from "#db/schema/approval.ts";
import { recordActor } from "#server/actor.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { canSeeSpace } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { Problem } from "#server/errors.ts";
import { settle, whyNotVote } from "./approval-rules.ts";
import type { ApprovalRow } from "./settle-approval.ts";

export const VoteInput = z.object({
  requestId: z.uuid(),
  vote: z.enum(["approve", "reject"]),
  /** The plan the voter saw. */
  planHash: z.string().length(64),
  reason: z.string().trim().max(2000).default(""),
});
export type VoteInput = z.infer<typeof VoteInput>;

/** The request, locked; not_found to those who cannot see its space. */
export async function lockApproval(tx: Context, requestId: string): Promise<ApprovalRow> {
  const [request] = await tx.db.select().from(approvalRequests).where(eq(approvalRequests.id, requestId)).for("update");
  if (!request || !canSeeSpace(tx.actor, request.spaceId))
    throw new Problem("not_found", "There is no such approval request.");
  return request;
}

/** Whether the actor voted just so on this plan before: a repeat, as after a broken connection, is no second vote. */
export async function isRepeat(tx: Context, { requestId, vote, planHash }: VoteInput): Promise<boolean> {
  const mine = and(eq(approvalVotes.requestId, requestId), eq(approvalVotes.personId, tx.actor.id));
  const same = and(mine, eq(approvalVotes.vote, vote), eq(approvalVotes.planHash, planHash));
  return (await tx.db.$count(approvalVotes, same)) > 0;
}

/**
 * Writes one vote down and says what all votes amount to. Refuses whoever the rules bar, a vote on a plan that is no
 * longer the request's, and a rejection without a reason.
 */
export async function castVote(tx: Context, request: ApprovalRow, input: VoteInput, environmentName: string) {
  const votes = await tx.db
    .select({ personId: approvalVotes.personId, vote: approvalVotes.vote })
    .from(approvalVotes)
    .where(eq(approvalVotes.requestId, request.id));
  const now = tx.clock.now();
  const why = whyNotVote(tx.actor, request, votes, now);
  if (why)
    throw new Problem(request.state === "open" ? "forbidden" : "conflict", why, {
      details: { permission: "approval.vote" },
    });
  if (input.planHash !== request.planHash)
    throw new Problem("conflict", "The plan changed since you looked at it. Reload and read it again.");
  if (input.vote === "reject" && input.reason.length < 3)
    throw new Problem("bad_input", "A rejection needs a reason.", {
      place: { path: "reason" },
      remedy: "Say what would have to change.",
    });
  const vote = { personId: tx.actor.id, vote: input.vote };
  await tx.db.insert(approvalVotes).values({
    ...vote,
    requestId: request.id,
    voter: recordActor(tx.actor),
    reason: input.reason,
    planHash: request.planHash,
    createdAt: now,
  });
  crashpoint("approval.vote-before-commit");
  await recordEvent(tx, {
    action: "approval.voted",
    spaceId: request.spaceId,
    object: { type: "approval", id: request.id, name: environmentName },
    data: { vote: input.vote, reason: input.reason, planHash: request.planHash, environmentId: request.environmentId },
  });
  return settle(request, [...votes, vote]);
}
