import { z } from "zod";
import { recordEvent } from "#server/audit/record-event.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { type Draft, type DraftRow, findOwnDraftRow, saveChanges, shownDraft } from "#server/decision/draft.ts";
import { fillKnown } from "#server/decision/fill-known.ts";
import { Problem } from "#server/errors.ts";
import type { Attempt } from "./attempt.ts";
import { choosePlanner, type GuardedPlanner, type Planned } from "./choose-planner.ts";
import { countProposal } from "./count-proposal.ts";
import { improveDraft } from "./improve-draft.ts";
import { mergeProposal } from "./merge-proposal.ts";
import { maskSecrets } from "./model/mask-secrets.ts";
import type { PlanningRequest } from "./proposal.ts";
import { readPlanningRequest } from "./read-request.ts";

export const ProposeInput = z.object({
  draftId: z.uuid(),
  prompt: z.string().trim().min(1, "Describe what you need.").max(8000, "Describe it in at most 8,000 characters."),
});

export type ProposalAnswer = { draft: Draft; planner: string; notes: string[]; fellBack: string | null };

/** The draft with what was proposed and what the policies made of it; nothing is stored yet. */
async function fillDraft(ctx: Context, draft: DraftRow, { request, planned }: Proposed) {
  const { proposal } = planned;
  const offer = request.offers.find(({ blueprint }) => blueprint.name === proposal.blueprint?.value) ?? null;
  const filled = offer ? await fillKnown(ctx, draft.spaceId, offer.blueprint) : {};
  const merged = mergeProposal(draft, proposal, { chosen: offer, filled, now: ctx.clock.now() });
  return improveDraft(ctx, { ...draft, ...merged, prompt: request.prompt });
}

type Proposed = { request: PlanningRequest; planned: Planned };

async function recordProposal(tx: Context, draft: DraftRow, { attempts, proposed }: Recorded): Promise<void> {
  const object = { type: "draft", id: draft.id, name: draft.name };
  const { spaceId, blueprintName: blueprint } = draft;
  const { planner, fellBack } = proposed.planned;
  // A credential that somebody pasted must not stay in a trail that nobody can shorten.
  const prompt = maskSecrets(proposed.request.prompt);
  const word = attempts.at(-1)?.word ?? null;
  await recordEvent(tx, {
    action: "assistant.proposed",
    spaceId,
    object,
    data: { planner, prompt, blueprint, word, attempts: attempts.length, ...(fellBack && { fellBack }) },
  });
  for (const { number: attempt, sentence, outcome, corrections, ...judged } of attempts) {
    const changes = corrections.map(({ field, from, to, policy }) => ({ field, from, to, policy }));
    await recordEvent(tx, {
      action: "assistant.attempted",
      spaceId,
      object,
      data: { attempt, word: judged.word, sentence, outcome, changes },
    });
  }
}

type Recorded = { attempts: Attempt[]; proposed: Proposed };

async function keep(ctx: Context, draft: DraftRow, proposed: Proposed): Promise<Draft> {
  const { draft: filled, attempts } = await fillDraft(ctx, draft, proposed);
  return inTransaction(ctx, async (tx) => {
    const current = await findOwnDraftRow(tx, draft.id, true);
    if (current.version !== draft.version)
      throw new Problem("conflict", "You edited the draft while it was read. Ask again.");
    const { blueprintName, revisionId, name, inputs, sealedInputs, durationMinutes, evidence, prompt } = filled;
    const columns = { blueprintName, revisionId, name, inputs, sealedInputs, durationMinutes, evidence, prompt };
    const { questions } = proposed.planned.proposal;
    const saved = await saveChanges(tx, current, { ...columns, questions, attempts });
    await recordProposal(tx, saved, { attempts, proposed });
    return shownDraft(saved);
  });
}

/** Turns a sentence into the draft of the ordinary form, and nothing else: it never launches, approves, extends or ends anything. */
export async function proposeDraft(
  ctx: Context,
  input: z.infer<typeof ProposeInput>,
  planner: GuardedPlanner = choosePlanner(),
): Promise<ProposalAnswer> {
  const draft = await findOwnDraftRow(ctx, input.draftId);
  if (draft.state !== "open") throw new Problem("conflict", "This draft was sent off or discarded.");
  await countProposal(ctx);
  const request = await readPlanningRequest(ctx, draft, input.prompt);
  const planned = await planner.propose(request);
  const kept = await keep(ctx, draft, { request, planned });
  return { draft: kept, planner: planned.planner, notes: planned.proposal.notes, fellBack: planned.fellBack };
}
