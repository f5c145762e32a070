import { desc, eq } from "drizzle-orm";
import { z } from "zod";
import { approvalRequests } from "#db/schema/approval.ts";
import { drafts } from "#db/schema/draft.ts";
import { decisions } from "#db/schema/policy.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import type { Context } from "#server/context.ts";
import { findOwnDraftRow } from "#server/decision/draft.ts";
import { draftFields } from "#server/decision/draft-fields.ts";
import { environmentRef } from "#server/environment-ref.ts";
import { Problem } from "#server/errors.ts";
import { findEnvironment } from "./find-environment.ts";
import { type LaunchAnswer, LaunchInput, launchPrepared } from "./launch-environment.ts";

export const LaunchDraftInput = z.object({
  id: z.uuid(),
  /** The version that was on screen: what is launched is what was seen. */
  version: z.number().int().min(1),
  idempotencyKey: z.string().min(8).max(200),
});

/** Launches exactly the draft that was on screen, and closes it. A draft that was sent off answers with its environment. */
export async function launchDraft(ctx: Context, input: z.infer<typeof LaunchDraftInput>): Promise<LaunchAnswer> {
  const draft = await findOwnDraftRow(ctx, input.id);
  if (draft.environmentId) return describeLaunch(ctx, draft.environmentId);
  if (draft.state === "discarded") throw new Problem("conflict", "This draft was discarded.");
  if (draft.version !== input.version)
    throw new Problem("conflict", "The draft changed since you looked at it. Read it again, then launch.", {
      details: { version: draft.version },
    });
  const fields = LaunchInput.parse({ ...draftFields(draft), draftId: draft.id, idempotencyKey: input.idempotencyKey });
  return launchPrepared(ctx, fields, (tx, answer) => closeDraft(tx, input, answer));
}

/** What became of a launch, for a repeated click: read from the record. */
async function describeLaunch(ctx: Context, environmentId: string): Promise<LaunchAnswer> {
  const environment = await findEnvironment(ctx, environmentId, "environment.read");
  const [decision] = await ctx.db
    .select()
    .from(decisions)
    .where(eq(decisions.id, environment.decisionId ?? ""));
  const [request] = await ctx.db
    .select({ id: approvalRequests.id })
    .from(approvalRequests)
    .where(eq(approvalRequests.environmentId, environmentId))
    .orderBy(desc(approvalRequests.createdAt))
    .limit(1);
  if (!decision) throw new Problem("not_found", "The decision on this launch is gone.");
  const { word, sentence, id: decisionId } = decision;
  return {
    environmentId,
    ref: environmentRef(environment),
    state: environment.state,
    word,
    sentence,
    decisionId,
    approvalRequestId: request?.id ?? null,
  };
}

async function closeDraft(tx: Context, input: z.infer<typeof LaunchDraftInput>, answer: LaunchAnswer): Promise<void> {
  const draft = await findOwnDraftRow(tx, input.id, true);
  if (draft.version !== input.version || draft.state !== "open")
    throw new Problem("conflict", "The draft was changed or sent off meanwhile. Reload it.");
  await tx.db
    .update(drafts)
    .set({ state: "submitted", environmentId: answer.environmentId, sealedInputs: null, updatedAt: tx.clock.now() })
    .where(eq(drafts.id, draft.id));
  await recordEvent(tx, {
    action: "draft.submitted",
    spaceId: draft.spaceId,
    object: { type: "draft", id: draft.id, name: draft.name },
    data: { blueprint: draft.blueprintName ?? "", environmentId: answer.environmentId, prompt: draft.prompt },
  });
}
