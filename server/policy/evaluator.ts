import type { Policy } from "./policy.ts";
import type { Fact } from "./verdict.ts";

/** One policy, its data in this space, and the document it is asked about. */
export type PolicyQuestion = { policy: Policy; data: Record<string, unknown>; input: unknown; now: Date };

/** What the engine found, before it is read as a verdict. */
export type PolicyAnswer = {
  /** `result` of a consumption or environment policy; undefined where the policy gave none. */
  result?: unknown;
  /** `deny` and `warn` of a plan policy; undefined where the policy has no such rule. */
  deny?: unknown;
  warn?: unknown;
  facts: Fact[];
  rule?: string;
  location?: { file: string; row: number };
  /** Under which OPA logged it. */
  decisionId?: string;
};

/** Evaluates policies: the embedded engine or a remote OPA. Throws when the policy fails; the judge turns that into Denied. */
export type PolicyEvaluator = {
  /** Name and version, stored with each decision. */
  readonly engine: string;
  evaluate(question: PolicyQuestion): Promise<PolicyAnswer>;
};
