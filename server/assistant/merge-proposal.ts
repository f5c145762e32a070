import type { Blueprint } from "#server/blueprint/blueprint.ts";
import type { DraftRow } from "#server/decision/draft.ts";
import type { Evidence, EvidenceByField } from "#server/decision/evidence.ts";
import type { Proposal } from "./proposal.ts";

type Columns = Pick<
  DraftRow,
  "blueprintName" | "revisionId" | "name" | "inputs" | "durationMinutes" | "evidence" | "sealedInputs"
>;
type Chosen = { blueprint: Blueprint; revisionId: string };

const isOwn = (evidence: EvidenceByField, field: string) => evidence[field]?.source === "user_edit";

/** A readable name for an environment that nobody named. */
export function suggestName(blueprint: Blueprint, now: Date): string {
  return `${blueprint.name}-${now.toISOString().slice(5, 10)}`;
}

/**
 * A draft's columns after a grounded proposal. Whatever the user edited himself stays, also when nothing fits; inputs of
 * another blueprint than the draft had before are dropped.
 */
export function mergeProposal(
  draft: DraftRow,
  proposal: Proposal,
  known: { chosen: Chosen | null; filled: Record<string, { value: string; evidence: Evidence }>; now: Date },
): Columns {
  const before = draft.evidence as EvidenceByField;
  const { chosen } = known;
  const isSame = chosen !== null && chosen.blueprint.name === draft.blueprintName;
  const kept = isSame ? before : {};
  const evidence: EvidenceByField = { ...kept };
  const inputs = isSame
    ? Object.fromEntries(Object.entries(draft.inputs).filter(([name]) => isOwn(kept, `inputs.${name}`)))
    : {};
  for (const field of Object.keys(evidence))
    if (field.startsWith("inputs.") && !isOwn(kept, field)) delete evidence[field];
  const base = { evidence, inputs, name: draft.name, sealedInputs: isSame ? draft.sealedInputs : null };
  const isEdited = Object.keys(before).some((field) => field.startsWith("inputs.") && isOwn(before, field));
  if (!chosen && draft.blueprintName && isEdited) return draft;
  if (!chosen)
    return {
      ...base,
      evidence: {},
      blueprintName: null,
      revisionId: null,
      durationMinutes: proposal.duration?.value ?? draft.durationMinutes,
    };
  if (proposal.blueprint)
    evidence.blueprint = isOwn(before, "blueprint") && isSame ? { source: "user_edit" } : proposal.blueprint.evidence;
  for (const [name, filled] of Object.entries({ ...known.filled, ...proposal.inputs })) {
    if (isOwn(kept, `inputs.${name}`)) continue;
    inputs[name] = filled.value;
    evidence[`inputs.${name}`] = filled.evidence;
  }
  if (!isOwn(before, "name") || draft.name === "") {
    base.name = proposal.name?.value ?? suggestName(chosen.blueprint, known.now);
    evidence.name = proposal.name?.evidence ?? { source: "assumption", note: "Made of the blueprint and the date." };
  } else evidence.name = { source: "user_edit" };
  const mayStay = draft.durationMinutes !== null || chosen.blueprint.duration.alwaysOn;
  const keepsDuration = isOwn(before, "duration") && mayStay;
  if (keepsDuration) evidence.duration = { source: "user_edit" };
  if (!keepsDuration) evidence.duration = proposal.duration?.evidence ?? { source: "blueprint_default" };
  const durationMinutes = keepsDuration
    ? draft.durationMinutes
    : proposal.duration
      ? proposal.duration.value
      : chosen.blueprint.duration.defaultMinutes;
  return { ...base, blueprintName: chosen.blueprint.name, revisionId: chosen.revisionId, durationMinutes };
}
