import { z } from "zod";

/**
 * Where a filled value comes from. `assumption` is set by code whenever no other source was proven; a model never sets it
 * or takes it away.
 */
export const evidenceSources = [
  "said",
  "blueprint_default",
  "policy",
  "space_setting",
  "organisation_standard",
  "last_launch",
  "user_edit",
  "assumption",
] as const;
export type EvidenceSource = (typeof evidenceSources)[number];

export const Evidence = z.object({
  source: z.enum(evidenceSources),
  /** The user's own words, verbatim. */
  quote: z.string().max(500).optional(),
  /** Where the quote stands in the prompt: start and end, in UTF-16 units. */
  span: z.tuple([z.number().int().min(0), z.number().int().min(0)]).optional(),
  /** What the value was taken from: a policy's name, a document and passage, an environment. */
  reference: z.string().max(300).optional(),
  note: z.string().max(500).optional(),
  confirmedAt: z.string().optional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** Field of a draft (`blueprint`, `name`, `duration`, `inputs.<name>`) to where its value comes from. */
export type EvidenceByField = Record<string, Evidence>;

/** Fields whose value nobody said and nobody confirmed. */
export function unconfirmedAssumptions(evidence: EvidenceByField): string[] {
  return Object.entries(evidence)
    .filter(([, item]) => item.source === "assumption" && !item.confirmedAt)
    .map(([field]) => field)
    .sort();
}
