import type { DecisionWord, Verdict } from "#server/policy/verdict.ts";

export type Folded = { word: DecisionWord; sentence: string; requiredApprovals: number; warnings: string[] };

const rank = { Approved: 0, Manual: 1, Denied: 2 } as const satisfies Record<DecisionWord, number>;

/** Whether a word weighs more than another: Denied above Manual above Approved. */
export const isWorse = (one: DecisionWord, other: DecisionWord) => rank[one] > rank[other];

/** Failing verdicts first, then by policy and grain, so that the same verdicts always read the same. */
export function sortVerdicts(verdicts: readonly Verdict[]): Verdict[] {
  return [...verdicts].sort(
    (a, b) =>
      rank[b.word] - rank[a.word] || a.policy.localeCompare(b.policy) || (a.grain ?? "").localeCompare(b.grain ?? ""),
  );
}

/**
 * All verdicts as one decision: the worst word wins. No verdict at all is never an approval: somebody has to look.
 */
export function foldVerdicts(verdicts: readonly Verdict[]): Folded {
  const warnings = [...new Set(verdicts.flatMap((verdict) => verdict.warnings))];
  if (verdicts.length === 0)
    return {
      word: "Manual",
      sentence: "Needs approval: no policy applies to this request.",
      requiredApprovals: 1,
      warnings,
    };
  const word = verdicts.reduce<DecisionWord>((worst, { word }) => (isWorse(word, worst) ? word : worst), "Approved");
  const deciding = sortVerdicts(verdicts).filter((verdict) => verdict.word === word);
  const reasons = [...new Set(deciding.map((verdict) => verdict.reason))].join(" ");
  const requiredApprovals = word === "Manual" ? Math.max(1, ...deciding.map((verdict) => verdict.approvals ?? 1)) : 0;
  const sentences = {
    Approved: `Approved by ${verdicts.length} ${verdicts.length === 1 ? "verdict" : "verdicts"}.`,
    Manual: `Needs approval: ${reasons}`,
    Denied: `Denied: ${reasons}`,
  } as const satisfies Record<DecisionWord, string>;
  return { word, sentence: sentences[word], requiredApprovals, warnings };
}
