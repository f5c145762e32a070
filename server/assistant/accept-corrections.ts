import { z } from "zod";
import { recordEvent } from "#server/audit/record-event.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { type Draft, findOwnDraftRow, saveChanges, shownDraft } from "#server/decision/draft.ts";
import { Problem } from "#server/errors.ts";
import type { Attempt } from "./attempt.ts";
import { applyCorrections, judgeDraft } from "./judge-draft.ts";

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
