import { z } from "zod";
import { recordEvent } from "#server/audit/record-event.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { type Draft, type DraftRow, findOwnDraftRow, saveChanges, shownDraft } from "#server/decision/draft.ts";
import { draftFields } from "#server/decision/draft-fields.ts";
import type { EvidenceByField } from "#server/decision/evidence.ts";
import { fillKnown } from "#server/decision/fill-known.ts";
import { previewLaunch } from "#server/decision/preview-launch.ts";
import { Problem } from "#server/errors.ts";
import { type Attempt, mostAttempts } from "./attempt.ts";
import { choosePlanner } from "./choose-planner.ts";
import { type Correction, correctDenied, denialKey } from "./correct-denied.ts";
import { mergeProposal } from "./merge-proposal.ts";
import type { Proposal } from "./proposal.ts";
import { readPlanningRequest } from "./read-request.ts";

export const ProposeInput = z.object({
  draftId: z.uuid(),
  prompt: z.string().trim().min(1, "Describe what you need.").max(8000, "Describe it in at most 8,000 characters."),
});

export type ProposalAnswer = { draft: Draft; planner: string; notes: string[]; fellBack: string | null };

type Judgement = {
  attempt: Omit<Attempt, "number" | "corrections" | "outcome">;
  corrections: Correction[];
  key: string;
};

/** What the policies say to the draft as it stands; undefined while it cannot be judged yet. */
async function judgeDraft(ctx: Context, draft: DraftRow): Promise<Judgement | undefined> {
  if (!draft.blueprintName) return undefined;
  const preview = await previewLaunch(ctx, draftFields(draft));
  if (preview.kind === "problems") return undefined;
  const { decision, prepared } = preview;
  const evidence = draft.evidence as EvidenceByField;
  const denials = decision.verdicts.filter(({ word }) => word === "Denied");
  return {
    attempt: {
      word: decision.word,
      sentence: decision.sentence,
      denials: denials.map(({ policy, title, reason, field, limit, allowed }) => ({
        policy,
        title,
        reason,
        field: field ?? null,
        limit: limit ?? null,
        allowed: allowed ?? null,
      })),
      at: ctx.clock.now().toISOString(),
    },
    corrections: correctDenied(denials, {
      blueprint: prepared.request.revision.blueprint,
      inputs: draft.inputs,
      durationMinutes: draft.durationMinutes,
      evidence,
    }),
    key: denialKey(denials),
  };
}

/** A draft with corrections in it, each with the policy as its source. */
export function applyCorrections(
  draft: DraftRow,
  corrections: readonly Correction[],
): Pick<DraftRow, "inputs" | "durationMinutes" | "evidence"> {
  const inputs = { ...draft.inputs };
  const evidence = { ...(draft.evidence as EvidenceByField) };
  let { durationMinutes } = draft;
  for (const { field, to, policy, why } of corrections) {
    if (field === "duration") durationMinutes = Number(to);
    else inputs[field.replace(/^inputs\./, "")] = to;
    evidence[field] = { source: "policy", reference: policy, note: why.slice(0, 500) };
  }
  return { inputs, durationMinutes, evidence };
}

/**
 * The bounded loop: a denial's own structured answer corrects what the assistant filled, at most three times, and stops when
 * nothing changes. What the user set himself is only offered to him.
 */
async function improve(ctx: Context, start: DraftRow): Promise<{ draft: DraftRow; attempts: Attempt[] }> {
  const attempts: Attempt[] = [];
  let draft = start;
  for (let number = 1, lastKey = ""; number <= mostAttempts; number++) {
    const judged = await judgeDraft(ctx, draft);
    if (!judged) break;
    const { attempt, corrections, key } = judged;
    const own = corrections.filter((correction) => !correction.isUsers);
    const isStuck = key === lastKey || own.length === 0 || number === mostAttempts;
    const outcome =
      attempt.word !== "Denied" ? "passed" : !isStuck ? "applied" : corrections.length > 0 ? "offered" : "none";
    attempts.push({ ...attempt, number, corrections: outcome === "applied" ? own : corrections, outcome });
    if (outcome !== "applied") break;
    draft = { ...draft, ...applyCorrections(draft, own) };
    lastKey = key;
  }
  return { draft, attempts };
}

async function keep(
  ctx: Context,
  draft: DraftRow,
  planned: { proposal: Proposal; planner: string; prompt: string },
): Promise<{ draft: Draft }> {
  const { proposal, planner, prompt } = planned;
  const offer = proposal.blueprint
    ? (await readPlanningRequest(ctx, draft, prompt)).offers.find(
        ({ blueprint }) => blueprint.name === proposal.blueprint?.value,
      )
    : undefined;
  const filled = offer ? await fillKnown(ctx, draft.spaceId, offer.blueprint) : {};
  const merged = mergeProposal(draft, proposal, { chosen: offer ?? null, filled, now: ctx.clock.now() });
  const improved = await improve(ctx, { ...draft, ...merged, prompt });
  return inTransaction(ctx, async (tx) => {
    const current = await findOwnDraftRow(tx, draft.id, true);
    if (current.version !== draft.version)
      throw new Problem("conflict", "You edited the draft while it was read. Ask again.");
    const { blueprintName, revisionId, name, inputs, sealedInputs, durationMinutes, evidence } = improved.draft;
    const columns = { blueprintName, revisionId, name, inputs, sealedInputs, durationMinutes, evidence, prompt };
    const saved = await saveChanges(tx, current, {
      ...columns,
      questions: proposal.questions,
      attempts: improved.attempts,
    });
    const object = { type: "draft", id: draft.id, name: saved.name };
    const last = improved.attempts.at(-1);
    await recordEvent(tx, {
      action: "assistant.proposed",
      spaceId: draft.spaceId,
      object,
      data: { planner, prompt, blueprint: blueprintName, word: last?.word ?? null, attempts: improved.attempts.length },
    });
    for (const { number, word, sentence, outcome, corrections } of improved.attempts)
      await recordEvent(tx, {
        action: "assistant.attempted",
        spaceId: draft.spaceId,
        object,
        data: {
          attempt: number,
          word,
          sentence,
          outcome,
          changes: corrections.map(({ field, from, to, policy }) => ({ field, from, to, policy })),
        },
      });
    return { draft: shownDraft(saved) };
  });
}

/** Turns a sentence into the draft of the ordinary form, and nothing else: it never launches, approves, extends or ends anything. */
export async function proposeDraft(ctx: Context, input: z.infer<typeof ProposeInput>): Promise<ProposalAnswer> {
  const draft = await findOwnDraftRow(ctx, input.draftId);
  if (draft.state !== "open") throw new Problem("conflict", "This draft was sent off or discarded.");
  const request = await readPlanningRequest(ctx, draft, input.prompt);
  const { proposal, planner, fellBack } = await choosePlanner().propose(request);
  const kept = await keep(ctx, draft, { proposal, planner, prompt: input.prompt });
  return { ...kept, planner, notes: proposal.notes, fellBack };
}

export const AcceptInput = z.object({
  draftId: z.uuid(),
  version: z.number().int().min(1),
  fields: z.array(z.string().max(220)).min(1).max(50),
});

/** The user takes corrections that were offered for values of his own. */
export async function acceptCorrections(ctx: Context, input: z.infer<typeof AcceptInput>): Promise<Draft> {
  const draft = await findOwnDraftRow(ctx, input.draftId);
  if (draft.version !== input.version) throw new Problem("conflict", "The draft was changed elsewhere. Reload it.");
  const offered = (draft.attempts as Attempt[]).at(-1)?.corrections ?? [];
  const taken = offered.filter((correction) => input.fields.includes(correction.field));
  if (taken.length === 0)
    throw new Problem("bad_input", "Nothing was offered for these fields.", { place: { path: "fields" } });
  const corrected = { ...draft, ...applyCorrections(draft, taken) };
  const judged = await judgeDraft(ctx, corrected);
  return inTransaction(ctx, async (tx) => {
    const current = await findOwnDraftRow(tx, draft.id, true);
    const before = draft.attempts as Attempt[];
    const number = before.length + 1;
    const attempts: Attempt[] = judged
      ? [
          ...before,
          {
            ...judged.attempt,
            number,
            corrections: judged.corrections,
            outcome: judged.attempt.word === "Denied" ? (judged.corrections.length > 0 ? "offered" : "none") : "passed",
          },
        ]
      : before;
    const { inputs, durationMinutes, evidence } = corrected;
    const saved = await saveChanges(
      tx,
      { ...current, version: draft.version },
      { inputs, durationMinutes, evidence, attempts },
    );
    const changes = taken.map(({ field, from, to, policy }) => ({ field, from, to, policy }));
    const object = { type: "draft", id: draft.id, name: saved.name };
    await recordEvent(tx, {
      action: "assistant.attempted",
      spaceId: draft.spaceId,
      object,
      data: { attempt: number, word: judged?.attempt.word ?? null, outcome: "accepted by the user", changes },
    });
    return shownDraft(saved);
  });
}
