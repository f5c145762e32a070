import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { type EnvironmentState, environments } from "#db/schema/environment.ts";
import { type Actor, recordActor } from "#server/actor.ts";
import { openApproval } from "#server/approval/open-approval.ts";
import type { ApprovalRow } from "#server/approval/settle-approval.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import { whereItWouldRun } from "#server/blueprint/catalog/where-it-runs.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { type Decision, decide } from "#server/decision/decide.ts";
import { LaunchFields, toLaunchRequest } from "#server/decision/launch-request.ts";
import { prepareRequest } from "#server/decision/prepare-request.ts";
import { lockSpace } from "#server/decision/quota-facts.ts";
import type { PreparedRequest } from "#server/decision/request.ts";
import { storeDecision } from "#server/decision/store-decision.ts";
import { environmentObject, environmentRef } from "#server/environment-ref.ts";
import type { DecisionWord } from "#server/policy/verdict.ts";
import { environmentPlace } from "#server/run/run-subject.ts";
import { seal } from "#server/secret/seal.ts";
import { answerOnce } from "./answer-once.ts";
import { type Environment, recordTransition } from "./move-environment.ts";
import { priceColumns } from "./price-columns.ts";
import { queueRun } from "./queue-run.ts";

export const LaunchInput = LaunchFields.extend({
  /** Same key, same answer: a double click or a retry launches once. */
  idempotencyKey: z.string().min(8).max(200),
  draftId: z.uuid().optional(),
});
export type LaunchInput = z.infer<typeof LaunchInput>;

export type LaunchAnswer = {
  environmentId: string;
  ref: string;
  state: EnvironmentState;
  word: DecisionWord;
  sentence: string;
  decisionId: string;
  approvalRequestId: string | null;
};

const firstState = { Approved: "queued", Manual: "awaiting_approval", Denied: "denied" } as const satisfies Record<
  DecisionWord,
  EnvironmentState
>;

/** When an environment that starts counting now will end. */
export function endOf(now: Date, durationMinutes: number | null): Date | null {
  return durationMinutes === null ? null : new Date(now.getTime() + durationMinutes * 60_000);
}

async function insertEnvironment(tx: Context, prepared: PreparedRequest, decision: Decision, input: LaunchInput) {
  const { request, values, estimate, plans } = prepared;
  const { spaceId, revision, owner, sensitiveInputs } = request;
  const id = randomUUID();
  const now = tx.clock.now();
  const hasSecrets = Object.keys(sensitiveInputs).length > 0;
  const { agent, connection } = await whereItWouldRun(tx, spaceId, revision.blueprint);
  const [row] = await tx.db
    .insert(environments)
    .values({
      id,
      spaceId,
      name: request.name,
      ownerId: owner.id,
      requestedBy: recordActor(tx.actor),
      via: tx.via,
      state: firstState[decision.word],
      stateSince: now,
      stateReason: decision.word === "Approved" ? "" : decision.sentence,
      blueprintName: revision.blueprint.name,
      revisionId: revision.id,
      agent,
      simulated: agent === "simulator",
      connection,
      inputs: values,
      sealedInputs: hasSecrets
        ? seal(JSON.stringify(sensitiveInputs), environmentPlace({ id, spaceId }, "sealed_inputs"))
        : null,
      evidence: request.evidence,
      prompt: input.prompt,
      durationMinutes: request.durationMinutes,
      endsAt: decision.word === "Approved" ? endOf(now, request.durationMinutes) : null,
      planHash: decision.planHash,
      plan: plans,
      ...priceColumns(estimate),
      createdAt: now,
    })
    .returning();
  return row!;
}

/** Keeps the decision and does what it allows: queue the run, open the approval, or stay denied. */
async function actOn(
  tx: Context,
  prepared: PreparedRequest,
  decision: Decision,
  input: LaunchInput,
): Promise<LaunchAnswer> {
  const environment = await insertEnvironment(tx, prepared, decision, input);
  const { spaceId, id } = environment;
  const object = environmentObject(environment);
  await recordEvent(tx, {
    action: "environment.requested",
    spaceId,
    object,
    data: {
      blueprint: environment.blueprintName,
      revision: prepared.request.revision.digest,
      inputs: prepared.values,
      durationMinutes: environment.durationMinutes,
      draftId: input.draftId,
    },
  });
  const subject = {
    spaceId,
    action: "launch" as const,
    environment: { id, name: object.name },
    draftId: input.draftId,
  };
  const stored = await storeDecision(tx, decision, subject);
  await linkDecision(tx, environment, stored.id);
  const approval =
    decision.word === "Manual"
      ? await openLaunchApproval(tx, environment, { decision, decisionId: stored.id, requestedBy: tx.actor })
      : null;
  if (decision.word === "Approved") await queueRun(tx, environment, "launch");
  if (decision.word === "Denied")
    await recordEvent(tx, {
      action: "environment.denied",
      spaceId,
      object,
      outcome: "denied",
      data: { decisionId: stored.id, reason: decision.sentence },
    });
  await recordTransition(tx, environment, { event: "request", from: null });
  const { word, sentence } = decision;
  return {
    environmentId: id,
    ref: environmentRef(environment),
    state: environment.state,
    word,
    sentence,
    decisionId: stored.id,
    approvalRequestId: approval?.id ?? null,
  };
}

async function linkDecision(tx: Context, environment: Environment, decisionId: string): Promise<void> {
  await tx.db.update(environments).set({ decisionId }).where(eq(environments.id, environment.id));
}

type AskedFor = {
  decision: Decision;
  decisionId: string;
  requestedBy: Actor;
  replaces?: { request: ApprovalRow; cause: string };
};

/** Opens the request for people that a launch waits for; who asked for the launch asks them, whoever opens it. */
export function openLaunchApproval(
  tx: Context,
  environment: Environment,
  { decision, decisionId, requestedBy, replaces }: AskedFor,
) {
  return openApproval(tx, {
    replaces,
    spaceId: environment.spaceId,
    environment: { id: environment.id, name: environmentObject(environment).name },
    decisionId,
    action: "launch",
    planHash: decision.planHash,
    reason: decision.sentence,
    requiredApprovals: decision.requiredApprovals,
    requestedBy,
    alsoBarred: [environment.ownerId],
  });
}

/**
 * Launches: checks, plans and prices, then, with the space locked, decides and stores environment, decision, audit events
 * and job or approval request together. A denied launch keeps its record.
 */
export function launchEnvironment(ctx: Context, input: LaunchInput): Promise<LaunchAnswer> {
  return launchPrepared(ctx, input);
}

/** The same, with one more act in its transaction: whatever that throws, nothing is launched. */
export async function launchPrepared(
  ctx: Context,
  input: LaunchInput,
  alongside?: (tx: Context, answer: LaunchAnswer) => Promise<void>,
): Promise<LaunchAnswer> {
  requirePermission(ctx.actor, "environment.launch", input.spaceId);
  const prepared = await prepareRequest(await toLaunchRequest(ctx, input));
  const { idempotencyKey, ...body } = input;
  const answer = await inTransaction(ctx, (tx) =>
    answerOnce(tx, { key: `launch:${idempotencyKey}`, body }, async () => {
      await lockSpace(tx, input.spaceId);
      const launched = await actOn(tx, prepared, await decide(tx, prepared), input);
      await alongside?.(tx, launched);
      crashpoint("environment.launch-before-commit");
      return launched;
    }),
  );
  crashpoint("environment.launch-after-commit");
  return answer;
}
