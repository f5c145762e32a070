import type { RunKind, RunState } from "#db/schema/run.ts";
import type { Context } from "#server/context.ts";
import type { DriftFinding } from "#server/grain/driver.ts";
import type { Lease } from "#server/job/job.ts";
import type { Plan } from "#server/plan/plan.ts";

/** An environment's output as its row keeps it; the value of a sensitive one is in `sealedOutputs` only. */
export type EnvironmentOutput = {
  name: string;
  value: string;
  kind: "regular" | "link";
  quick: boolean;
  sensitive: boolean;
};

/** What a look at the real things found. */
export type DriftReport = {
  /** `unknown`: nothing of it can be checked, or the check itself failed. */
  state: "unknown" | "clean" | "drifted";
  findings: (DriftFinding & { grain: string })[];
  /** Differs from what the look before found. */
  changed: boolean;
  checkedAt: Date;
  /** Only some grains were looked at: it is no word about the others. */
  isPartial: boolean;
};

/** What a run came to. */
export type RunOutcome = {
  kind: RunKind;
  state: Extract<RunState, "succeeded" | "failed" | "cancelled">;
  /** Redacted, one sentence; null when it succeeded. */
  error: string | null;
  /** A policy said no to the real plan. */
  stoppedByPolicy: boolean;
  outputs: EnvironmentOutput[];
  /** JSON of the sensitive outputs by name, sealed for `environments.sealed_outputs`. */
  sealedOutputs: string | null;
  /** After a terminate: what is still there. Empty is the proof that nothing is. */
  leftovers: { address: string; reason: string }[];
  /** Grains whose end was taken at their word, because their driver has no way to look. */
  unverified: string[];
  /** After a drift run. */
  drift: DriftReport | null;
};

/** What the policies say to the plan a driver really made. */
export type PlanJudgement = { allowed: true } | { allowed: false; reason: string };

/** Variables of a step's process environment, and which of their values are secret. */
export type Credentials = { variables: Record<string, string>; secrets: string[] };

export type RunRequest = {
  environmentId: string;
  runId: string;
  /** The job this run is done for: each write is refused once another worker holds it. */
  lease: Lease;
  /** Aborted by the worker that stops or has lost the lease: nothing more is written then. */
  signal: AbortSignal;
  /** Called before apply with each plan a driver gives. */
  judgePlan?(ctx: Context, planned: { grain: string; plan: Plan; summary: string }): Promise<PlanJudgement>;
  /** Opens the credentials of the space that a step needs, by name. */
  credentialsFor?(ctx: Context, names: readonly string[]): Promise<Credentials>;
  /** Called in the transaction that ends the run: the place to move the environment. */
  finish(tx: Context, outcome: RunOutcome): Promise<void>;
};
