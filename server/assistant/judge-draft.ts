import type { Context } from "#server/context.ts";
import type { DraftRow } from "#server/decision/draft.ts";
import { draftFields } from "#server/decision/draft-fields.ts";
import type { EvidenceByField } from "#server/decision/evidence.ts";
import { previewLaunch } from "#server/decision/preview-launch.ts";
import type { Attempt } from "./attempt.ts";
import { type Correction, correctDenied, denialKey } from "./correct-denied.ts";

export type Judgement = {
  attempt: Omit<Attempt, "number" | "corrections" | "outcome">;
  corrections: Correction[];
  key: string;
};

/** What the policies say to the draft as it stands; undefined while it cannot be judged yet. */
export async function judgeDraft(ctx: Context, draft: DraftRow): Promise<Judgement | undefined> {
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
