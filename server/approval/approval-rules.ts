import type { ApprovalState } from "#db/schema/approval.ts";
import type { Actor, roles as allRoles } from "#server/actor.ts";

/** What the rules need to know of a request. */
export type OpenRequest = {
  state: ApprovalState;
  spaceId: string;
  planHash: string;
  requiredApprovals: number;
  barredIds: readonly string[];
  expiresAt: Date;
};

export type Vote = { personId: string; vote: "approve" | "reject" };

/** Roles whose holders may vote in their space. */
export const votingRoles = ["approver", "admin"] as const satisfies readonly (typeof allRoles)[number][];

/**
 * Why this actor may not vote on this request, as a sentence for the page; undefined when he may.
 * Order matters: what can never change (an automation, the requester) is said before what may change (expiry).
 */
export function whyNotVote(actor: Actor, request: OpenRequest, votes: readonly Vote[], now: Date): string | undefined {
  if (actor.kind !== "person") return "Only people approve. Automations and the system never do.";
  if (request.barredIds.includes(actor.id))
    return "You asked for this or took part in it; somebody else has to decide.";
  const held = actor.roles[request.spaceId] ?? [];
  if (!votingRoles.some((role) => held.includes(role)))
    return "Deciding needs the role approver or admin in this space. Account admins need that role too.";
  if (request.state !== "open") return `This request is ${request.state}.`;
  if (request.expiresAt <= now) return "This request has expired.";
  if (votes.some((vote) => vote.personId === actor.id)) return "You have already voted.";
  return undefined;
}

/** What the votes amount to: one rejection ends it, enough approvals grant it. */
export function settle(
  request: Pick<OpenRequest, "requiredApprovals">,
  votes: readonly Vote[],
): "approved" | "rejected" | "open" {
  if (votes.some((vote) => vote.vote === "reject")) return "rejected";
  const approvers = new Set(votes.filter((vote) => vote.vote === "approve").map((vote) => vote.personId));
  return approvers.size >= request.requiredApprovals ? "approved" : "open";
}
