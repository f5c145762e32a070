import { Problem } from "#server/errors.ts";
import { type DraftRow, openDraftSecrets } from "./draft.ts";
import type { EvidenceByField } from "./evidence.ts";
import type { LaunchFields } from "./launch-request.ts";

/** A draft as the launch that it would be; throws a Problem while no blueprint is chosen. */
export function draftFields(draft: DraftRow): LaunchFields {
  if (!draft.blueprintName)
    throw new Problem("bad_input", "No blueprint is chosen yet.", {
      place: { path: "blueprint" },
      remedy: "Choose a blueprint from the catalog, or describe what you need.",
      details: { problems: [{ field: "blueprint", message: "No blueprint is chosen yet.", remedy: "Choose one." }] },
    });
  return {
    spaceId: draft.spaceId,
    blueprintName: draft.blueprintName,
    ...(draft.revisionId && { revisionId: draft.revisionId }),
    name: draft.name,
    inputs: { ...draft.inputs, ...openDraftSecrets(draft) },
    durationMinutes: draft.durationMinutes,
    evidence: draft.evidence as EvidenceByField,
    prompt: draft.prompt,
  };
}
