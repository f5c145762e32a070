import { eq } from "drizzle-orm";
import { type ApprovalState, approvalRequests } from "#db/schema/approval.ts";
import { decisions } from "#db/schema/policy.ts";
import type { Actor } from "#server/actor.ts";
import { castVote, isRepeat, lockApproval, type VoteInput } from "#server/approval/cast-vote.ts";
import { type ApprovalRow, settleApproval } from "#server/approval/settle-approval.ts";
import type { Context } from "#server/context.ts";
import { inTransaction } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { type Decision, decide } from "#server/decision/decide.ts";
import { lockSpace } from "#server/decision/quota-facts.ts";
import { storeDecision } from "#server/decision/store-decision.ts";
import { environmentObject } from "#server/environment-ref.ts";
import { applyExtension } from "./extend-environment.ts";
import { lockEnvironment } from "./find-environment.ts";
import { endOf, openLaunchApproval } from "./launch-environment.ts";
import { isFinal } from "./lifecycle.ts";
import { type Environment, moveEnvironment } from "./move-environment.ts";
import { prepareAgain } from "./prepare-again.ts";
import { queueRun } from "./queue-run.ts";
import { queueAgain } from "./retry-environment.ts";

export type VoteAnswer = { state: ApprovalState; sentence: string };

const partNames: Record<string, string> = {
  blueprint: "the published blueprint revision",
  inputs: "the inputs",
  sensitive_inputs: "a sensitive input",
  duration: "the duration",
  plan: "the plan",
  estimate: "the estimate",
  policies: "the policies or their limits",
  owner: "the owner",
  space: "the space",
  name: "the name",
};

/** Which parts of the plan hash differ, in words. */
export function changedParts(before: Record<string, string>, after: Record<string, string>): string {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => before[name] !== after[name],
  );
  return names.map((name) => partNames[name] ?? name).join(" and ") || "something";
}

async function partsOf(tx: Context, decisionId: string): Promise<Record<string, string>> {
  const [row] = await tx.db.select({ parts: decisions.planParts }).from(decisions).where(eq(decisions.id, decisionId));
  return row?.parts ?? {};
}

/** What was approved is no longer what would run: the request ends, and people are asked about the new thing. */
async function supersede(
  tx: Context,
  request: ApprovalRow,
  environment: Environment,
  { decision, requestedBy }: { decision: Decision; requestedBy: Actor },
): Promise<VoteAnswer> {
  const cause = `Since this was asked, ${changedParts(await partsOf(tx, request.decisionId), decision.parts)} changed.`;
  const object = environmentObject(environment);
  const stored = await storeDecision(tx, decision, {
    spaceId: environment.spaceId,
    action: "launch",
    environment: { id: environment.id, name: object.name },
  });
  if (decision.word === "Denied") {
    await settleApproval(tx, request, { state: "superseded", cause, environmentName: object.name });
    await moveEnvironment(tx, environment, "supersede", {
      reason: decision.sentence,
      set: { decisionId: stored.id, planHash: decision.planHash },
    });
    return { state: "superseded", sentence: `${cause} It is denied now. ${decision.sentence}` };
  }
  await openLaunchApproval(tx, environment, {
    decision: { ...decision, requiredApprovals: Math.max(1, decision.requiredApprovals) },
    decisionId: stored.id,
    requestedBy,
    replaces: { request, cause },
  });
  return { state: "superseded", sentence: `${cause} A new request is open for the changed plan.` };
}

/** The launch that an approval unlocks, after one more look: the same plan under the same policies, and still a free place. */
async function unlockLaunch(tx: Context, request: ApprovalRow, environment: Environment): Promise<VoteAnswer> {
  const prepared = await prepareAgain(tx, environment);
  const decision = await decide(tx, prepared);
  if (decision.planHash !== request.planHash || decision.word === "Denied")
    return supersede(tx, request, environment, { decision, requestedBy: prepared.request.requestedBy });
  await settleApproval(tx, request, {
    state: "approved",
    cause: "Enough people approved.",
    environmentName: environmentObject(environment).name,
  });
  const endsAt = endOf(tx.clock.now(), environment.durationMinutes);
  const queued = await moveEnvironment(tx, environment, "approve", { set: { endsAt } });
  await queueRun(tx, queued, "launch");
  return { state: "approved", sentence: "Approved. It is queued." };
}

/** A launch that stopped at its real plan's cost goes on by itself; a restore is asked for again by whoever wants it. */
async function unlockPlan(tx: Context, request: ApprovalRow, environment: Environment): Promise<VoteAnswer> {
  const environmentName = environmentObject(environment).name;
  if (isFinal(environment.state) || environment.state === "ending") {
    const cause = `The environment is ${environment.state} meanwhile.`;
    await settleApproval(tx, request, { state: "superseded", cause, environmentName });
    return { state: "superseded", sentence: `${cause} Nothing runs.` };
  }
  await settleApproval(tx, request, { state: "approved", cause: "Enough people approved.", environmentName });
  if (environment.state !== "launch_failed")
    return { state: "approved", sentence: "Approved. What was stopped can be asked for again." };
  await queueAgain(tx, environment);
  return { state: "approved", sentence: "Approved. The launch goes on." };
}

async function settleVotes(
  tx: Context,
  request: ApprovalRow,
  environment: Environment,
  input: VoteInput,
): Promise<VoteAnswer> {
  const name = environmentObject(environment).name;
  const outcome = await castVote(tx, request, input, name);
  if (outcome === "open") return { state: "open", sentence: "Your approval is noted; more people have to agree." };
  if (outcome === "rejected") {
    await settleApproval(tx, request, { state: "rejected", cause: input.reason, environmentName: name });
    if (request.action === "launch") await moveEnvironment(tx, environment, "reject", { reason: input.reason });
    return { state: "rejected", sentence: "Rejected." };
  }
  if (request.action === "launch") return unlockLaunch(tx, request, environment);
  if (request.action === "plan") return unlockPlan(tx, request, environment);
  await settleApproval(tx, request, { state: "approved", cause: "Enough people approved.", environmentName: name });
  await applyExtension(tx, environment, new Date(String(request.payload.endsAt)));
  return { state: "approved", sentence: "Approved. The new end holds." };
}

/** One person's vote, and whatever it settles, in one transaction. Said again, it is told how things stand. */
export async function voteOnApproval(ctx: Context, input: VoteInput): Promise<VoteAnswer> {
  const answer = await inTransaction(ctx, async (tx) => {
    await lockApprovalSpace(tx, input.requestId);
    const request = await lockApproval(tx, input.requestId);
    if (await isRepeat(tx, input))
      return { state: request.state, sentence: `Your vote was noted before; the request is ${request.state} now.` };
    const environment = await lockEnvironment(tx, request.environmentId, "approval.read");
    const settled = await settleVotes(tx, request, environment, input);
    crashpoint("approval.settle-before-commit");
    return settled;
  });
  crashpoint("approval.settle-after-commit");
  return answer;
}

/** The space's lock comes before any row's: everybody takes them in this order. */
async function lockApprovalSpace(tx: Context, requestId: string): Promise<void> {
  const [row] = await tx.db
    .select({ spaceId: approvalRequests.spaceId })
    .from(approvalRequests)
    .where(eq(approvalRequests.id, requestId));
  if (row) await lockSpace(tx, row.spaceId);
}
