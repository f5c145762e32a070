import { eq } from "drizzle-orm";
import { z } from "zod";
import { environments } from "#db/schema/environment.ts";
import { openApproval } from "#server/approval/open-approval.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { type Decision, decide } from "#server/decision/decide.ts";
import { withRealPlans } from "#server/decision/price-real-plans.ts";
import { lockSpace } from "#server/decision/quota-facts.ts";
import { storeDecision } from "#server/decision/store-decision.ts";
import { environmentObject } from "#server/environment-ref.ts";
import { Problem } from "#server/errors.ts";
import { notifyChange } from "#server/job/notify-change.ts";
import type { DecisionWord } from "#server/policy/verdict.ts";
import { answerOnce } from "./answer-once.ts";
import { findEnvironment, lockEnvironment } from "./find-environment.ts";
import type { Environment } from "./move-environment.ts";
import { prepareAgain } from "./prepare-again.ts";

export const ExtendInput = z.object({
  environmentId: z.uuid(),
  /** The new end. */
  endsAt: z.coerce.date(),
  idempotencyKey: z.string().min(8).max(200),
});
export type ExtendInput = z.infer<typeof ExtendInput>;
export const PreviewExtensionInput = ExtendInput.omit({ idempotencyKey: true });

export type ExtendAnswer = {
  word: DecisionWord;
  sentence: string;
  endsAt: Date | null;
  approvalRequestId: string | null;
};

const minutesBetween = (from: Date, to: Date) => Math.ceil((to.getTime() - from.getTime()) / 60_000);

function checkExtension(environment: Environment, endsAt: Date, now: Date): void {
  if (environment.state !== "active")
    throw new Problem(
      "conflict",
      `Only an active environment can be extended; this one is ${environment.state.replaceAll("_", " ")}.`,
    );
  if (endsAt <= now)
    throw new Problem("bad_input", "The new end lies in the past.", {
      place: { path: "endsAt" },
      remedy: "Choose a later time.",
    });
  if (environment.endsAt && endsAt <= environment.endsAt)
    throw new Problem("bad_input", "That is not later than its present end.", {
      place: { path: "endsAt" },
      remedy: "Choose a later time, or end it now.",
    });
}

/** What the policies say to the longer life; the whole length counts, not only what is added. */
async function decideExtension(ctx: Context, environment: Environment, endsAt: Date): Promise<Decision> {
  const began = environment.activeAt ?? environment.createdAt;
  const present = environment.endsAt;
  const prepared = await withRealPlans(ctx, await prepareAgain(ctx, environment));
  const totalMinutes = minutesBetween(began, endsAt);
  const longer = {
    ...prepared,
    request: { ...prepared.request, durationMinutes: minutesBetween(ctx.clock.now(), endsAt) },
  };
  return decide(ctx, longer, {
    type: "Extend",
    environmentId: environment.id,
    extendMinutes: present ? minutesBetween(present, endsAt) : 0,
    totalMinutes,
  });
}

/** The decision an extension would get now; stores nothing. */
export async function previewExtension(ctx: Context, input: z.infer<typeof PreviewExtensionInput>): Promise<Decision> {
  const environment = await findEnvironment(ctx, input.environmentId, "environment.extend");
  checkExtension(environment, input.endsAt, ctx.clock.now());
  return decideExtension(ctx, environment, input.endsAt);
}

/** Moves the end of an active environment; audited. An earlier end than the present one is refused by the caller. */
export async function applyExtension(tx: Context, environment: Environment, endsAt: Date): Promise<void> {
  if (environment.state !== "active") throw new Problem("conflict", "The environment is no longer active.");
  await tx.db.update(environments).set({ endsAt }).where(eq(environments.id, environment.id));
  await recordEvent(tx, {
    action: "environment.extended",
    spaceId: environment.spaceId,
    object: environmentObject(environment),
    data: { before: environment.endsAt?.toISOString() ?? null, after: endsAt.toISOString() },
  });
  await notifyChange(tx, { topic: "environment", id: environment.id, spaceId: environment.spaceId });
}

async function actOn(tx: Context, environment: Environment, decision: Decision, endsAt: Date): Promise<ExtendAnswer> {
  const object = environmentObject(environment);
  const { spaceId, id } = environment;
  const stored = await storeDecision(tx, decision, {
    spaceId,
    action: "extend",
    environment: { id, name: object.name },
  });
  const { word, sentence } = decision;
  if (word === "Approved") {
    await applyExtension(tx, environment, endsAt);
    return { word, sentence, endsAt, approvalRequestId: null };
  }
  const data = { before: environment.endsAt?.toISOString() ?? null, after: endsAt.toISOString(), word };
  await recordEvent(tx, {
    action: "environment.extension_requested",
    spaceId,
    object,
    outcome: word === "Denied" ? "denied" : "success",
    data,
  });
  if (word === "Denied") return { word, sentence, endsAt: environment.endsAt, approvalRequestId: null };
  const approval = await openApproval(tx, {
    spaceId,
    environment: { id, name: object.name },
    decisionId: stored.id,
    action: "extend",
    payload: { endsAt: endsAt.toISOString() },
    planHash: decision.planHash,
    reason: sentence,
    requiredApprovals: decision.requiredApprovals,
    requestedBy: tx.actor,
    alsoBarred: [environment.ownerId],
  });
  return { word, sentence, endsAt: environment.endsAt, approvalRequestId: approval.id };
}

/** Asks for a later end: granted, waiting for people, or denied; in each case on record. */
export async function extendEnvironment(ctx: Context, input: ExtendInput): Promise<ExtendAnswer> {
  const answer = await inTransaction(ctx, async (tx) => {
    const seen = await findEnvironment(tx, input.environmentId, "environment.extend");
    const body = { environmentId: input.environmentId, endsAt: input.endsAt.toISOString() };
    return answerOnce(tx, { key: `extend:${input.idempotencyKey}`, body }, async () => {
      await lockSpace(tx, seen.spaceId);
      const environment = await lockEnvironment(tx, input.environmentId, "environment.extend");
      checkExtension(environment, input.endsAt, tx.clock.now());
      const decision = await decideExtension(tx, environment, input.endsAt);
      const extended = await actOn(tx, environment, decision, input.endsAt);
      crashpoint("environment.extend-before-commit");
      return extended;
    });
  });
  crashpoint("environment.extend-after-commit");
  // A stored answer comes back as JSON.
  return { ...answer, endsAt: answer.endsAt && new Date(answer.endsAt) };
}
