import type { resourceStates } from "#db/schema/environment.ts";
import type { Grain } from "#server/blueprint/blueprint.ts";
import type { Clock } from "#server/context.ts";
import type { Plan } from "#server/plan/plan.ts";

/** A resource as the portal last saw it. */
export type KnownResource = {
  address: string;
  /** `intended` and never confirmed: it may or may not exist. */
  state: (typeof resourceStates)[number];
  type: string;
  name: string;
  /** Of one that is `intended`: the id it will have, where its plan already tells. */
  cloudId: string | null;
  region: string | null;
  attributes: Record<string, unknown>;
  /** When its state was last written down. */
  changedAt?: Date;
};

/**
 * Where a driver writes what it is about to do, before it does it. A worker may die at any moment: what was intended
 * and never confirmed is looked up, adopted or destroyed by the next one.
 */
export type ResourceJournal = {
  intend(resource: {
    address: string;
    type: string;
    name: string;
    attributes?: Record<string, unknown>;
    cloudId?: string;
  }): Promise<void>;
  confirm(
    address: string,
    seen: { cloudId: string; region?: string; attributes?: Record<string, unknown> },
  ): Promise<void>;
  destroying(address: string): Promise<void>;
  destroyed(address: string): Promise<void>;
  /** Something that should be gone and is not, or may exist although nobody confirmed it. */
  leftover(address: string, reason: string): Promise<void>;
};

export type LogLevel = "debug" | "info" | "warn" | "error";

/** Everything a driver may know. It sees no database and no policy. */
export type GrainStep = {
  environment: {
    id: string;
    /** Shown name, `env-77`. */
    ref: string;
    name: string;
    spaceSlug: string;
    ownerEmail: string;
    endsAt: Date | null;
  };
  /** With all its templates rendered. */
  grain: Grain;
  /** The grain's own rendered inputs. */
  inputs: Record<string, string>;
  /** The blueprint's inputs as launched, for grains that read them as variables of the process environment. */
  environmentInputs: Record<string, string>;
  sensitiveValues: string[];
  /** Announces further values that must not appear in any log line from now on. */
  hide(values: string[]): void;
  /** The blueprint's folder: path to content. */
  files: Record<string, string>;
  /** Scratch folder of this grain; driver-made files in it may be removed once the step is over. */
  workDir: string;
  /** Folder that lives as long as the environment does. */
  stateDir: string;
  attempt: number;
  /** Names the claim this step works under: one that was taken over may remove nothing of its heir's. */
  holder: string;
  log(level: LogLevel, text: string): void;
  progress(progress: { done: number; total: number; label: string }): void;
  journal: ResourceJournal;
  clock: Clock;
  signal: AbortSignal;
  tags: Record<string, string>;
  /** Terraform's HTTP state backend for this grain. */
  stateBackend?: { address: string; lockAddress: string; username: string; password: string };
  /** Variables of the process environment that carry credentials; values are among `sensitiveValues`. */
  credentials?: Record<string, string>;
};

export type Planned = {
  /** Null where the driver can't say in advance. */
  plan: Plan | null;
  /** One line for people: `2 to create, 1 to change`. */
  summary: string;
  /** A saved plan in the work folder that `apply` must run as it is. */
  file?: string;
};

export type GrainOutputs = Record<string, { value: string; sensitive: boolean }>;
export type Applied = { outputs: GrainOutputs };
/** What a fresh read after destroy found. `verified` false: the driver had no way to look, and says so. */
export type Aftermath = { verified: boolean; remaining: { address: string; reason: string }[] };
export type DriftFinding = {
  address: string;
  field: string;
  expected: unknown;
  actual: unknown;
  /** The resource is no longer there at all. */
  gone: boolean;
};

export type GrainDriver = {
  /** How often drift is worth looking for: a process may die any minute; a cloud's read is slow and metered. */
  watch: "often" | "rarely" | "never";
  plan(step: GrainStep, known: KnownResource[]): Promise<Planned>;
  apply(step: GrainStep, planned: Planned): Promise<Applied>;
  destroy(step: GrainStep, known: KnownResource[]): Promise<void>;
  /** A fresh read after destroy: what still exists. `gone` is what was seen to go, which a cloud may list for a while. */
  remaining(step: GrainStep, known: KnownResource[], gone?: readonly KnownResource[]): Promise<Aftermath>;
  /** Removes what may hold secrets; called when a step is over, however it went. */
  tidy(step: GrainStep): Promise<void>;
  /** Removes what the driver itself kept for the grain; called once nothing of it is left. */
  clear(step: GrainStep): Promise<void>;
  drift?(step: GrainStep, known: KnownResource[]): Promise<DriftFinding[]>;
  /** Makes what drifted the baseline: nothing real is changed, only what is held to be wanted. */
  accept?: {
    /** The plan shows what drifted as changes, so that the same policies can judge it. */
    plan(step: GrainStep, known: KnownResource[]): Promise<Planned & { findings: DriftFinding[] }>;
    apply(step: GrainStep, planned: Planned & { findings: DriftFinding[] }): Promise<Applied>;
  };
};

/** The step's own work failed: a command, an apply. The message is shown to the user, redacted. */
export class StepFailed extends Error {
  readonly remedy: string | undefined;
  constructor(message: string, remedy?: string) {
    super(message);
    this.name = "StepFailed";
    this.remedy = remedy;
  }
}

/** The step was told to stop and did. */
export class StepCancelled extends Error {
  constructor() {
    super("Cancelled.");
    this.name = "StepCancelled";
  }
}
