import type { EvidenceByField } from "#server/decision/evidence.ts";

export type SaidPart = { from: number; text: string; fields: string[] };

/** Cuts the prompt where quoted spans begin and end. A span whose words are not its quote is left unmarked. */
export function markSaid(prompt: string, evidence: EvidenceByField): SaidPart[] {
  const spans = Object.entries(evidence).flatMap(([field, { source, span, quote }]) =>
    source === "said" && span && prompt.slice(span[0], span[1]) === quote
      ? [{ field, from: span[0], to: span[1] }]
      : [],
  );
  const cuts = [...new Set([0, prompt.length, ...spans.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, at) => ({
    from,
    text: prompt.slice(from, cuts[at + 1]),
    fields: spans.filter((span) => span.from <= from && from < span.to).map(({ field }) => field),
  }));
}
