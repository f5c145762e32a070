import { expect, test } from "vitest";
import type { DecisionWord, Verdict } from "#server/policy/verdict.ts";
import { foldVerdicts } from "./fold-verdicts.ts";

function verdict(word: DecisionWord, more: Partial<Verdict> = {}): Verdict {
  const base = { policy: "p", packageName: "torque.environment", title: "P", digest: "d", reason: `${word}.` };
  return { ...base, word, facts: [], warnings: [], tookMs: 0, ...more };
}

test("no verdict at all needs approval, never passes", () => {
  expect(foldVerdicts([])).toMatchObject({ word: "Manual", requiredApprovals: 1 });
});

test.each([
  [["Approved", "Approved"], "Approved"],
  [["Approved", "Manual"], "Manual"],
  [["Manual", "Denied", "Approved"], "Denied"],
] as const)("%j folds to %s", (words, expected) => {
  expect(foldVerdicts(words.map((word) => verdict(word))).word).toBe(expected);
});

test("the most demanding policy sets how many must approve", () => {
  const folded = foldVerdicts([verdict("Manual"), verdict("Manual", { approvals: 2 })]);
  expect(folded.requiredApprovals).toBe(2);
});

test("warnings stand beside the decision and do not change it", () => {
  const folded = foldVerdicts([verdict("Approved", { warnings: ["old image"] })]);
  expect(folded).toMatchObject({ word: "Approved", warnings: ["old image"] });
});
