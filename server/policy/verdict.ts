/** The words of a decision, as on the wire (Torque's). */
export const decisionWords = ["Approved", "Manual", "Denied"] as const;
export type DecisionWord = (typeof decisionWords)[number];

/** One value a policy looked at, as the decision view shows it. `path` is Rego's, e.g. `input.duration_minutes`. */
export type Fact = { path: string; value: unknown };

/** One thing a plan policy found: refused (`deny`) or only remarked (`warn`). */
export type Finding = {
  effect: "deny" | "warn";
  rule: string | null;
  severity: string | null;
  message: string;
  hint: string | null;
  /** The resource, provider or variable it is about. */
  address?: string;
  references?: string[];
};

/** What one policy says to one request. `error` set means that the policy itself failed, which denies. */
export type Verdict = {
  policy: string;
  packageName: string;
  title: string;
  /** sha256 of the policy's source. */
  digest: string;
  word: DecisionWord;
  reason: string;
  /** The grain whose plan was judged; absent for verdicts on the request itself. */
  grain?: string;
  /** Where in the policy the answer was made. */
  rule?: string;
  location?: { file: string; row: number };
  facts: Fact[];
  /** The limit the fact was held against, where the policy names it. */
  limit?: Fact;
  /** The draft's field that would have to change, e.g. `inputs.region`, `duration`. */
  field?: string;
  /** Values of that field which would pass, when the policy can list them. */
  allowed?: unknown[];
  hint?: string;
  /** How many people must approve; 1 unless the policy asks for more. */
  approvals?: number;
  warnings: string[];
  /** Each denial and warning of a plan policy; the first 200. */
  findings?: Finding[];
  error?: string;
  /** Under which a remote OPA logged it, where it keeps a decision log. */
  decisionId?: string;
  tookMs: number;
};
