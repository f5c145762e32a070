import type { DecisionWord } from "#server/policy/verdict.ts";
import type { Correction } from "./correct-denied.ts";

/** One round of the bounded loop: what the policies said, and what was done about it. */
export type Attempt = {
  number: number;
  word: DecisionWord;
  sentence: string;
  denials: {
    policy: string;
    title: string;
    reason: string;
    field: string | null;
    limit: { path: string; value: unknown } | null;
    allowed: unknown[] | null;
  }[];
  corrections: Correction[];
  /** `applied` by the assistant to values of its own; `offered` to the user, whose value it is; `none` where nothing helps. */
  outcome: "passed" | "applied" | "offered" | "none";
  at: string;
};

export const mostAttempts = 3;
