/** Work that survives the process that promised it. The union is closed: each kind has a handler in server/worker. */
export type Job =
  | { kind: "launch_environment"; payload: { environmentId: string; runId: string } }
  | { kind: "update_environment"; payload: { environmentId: string; runId: string } }
  | { kind: "end_environment"; payload: { environmentId: string; runId: string } }
  | { kind: "check_drift"; payload: { environmentId: string; runId?: string } }
  | { kind: "restore_drift"; payload: { environmentId: string; runId: string } }
  | { kind: "accept_drift"; payload: { environmentId: string; runId: string } }
  | { kind: "check_health"; payload: { environmentId: string } }
  | { kind: "expire_environments"; payload: Record<string, never> }
  | { kind: "expire_approvals"; payload: Record<string, never> }
  | { kind: "watch_environments"; payload: { scope: "health" | "drift" } }
  | { kind: "sign_checkpoint"; payload: Record<string, never> }
  | { kind: "verify_audit"; payload: Record<string, never> }
  | { kind: "sweep_orphans"; payload: Record<string, never> }
  | { kind: "prune"; payload: Record<string, never> };

export const jobKinds = [
  "launch_environment",
  "update_environment",
  "end_environment",
  "check_drift",
  "restore_drift",
  "accept_drift",
  "check_health",
  "expire_environments",
  "expire_approvals",
  "watch_environments",
  "sign_checkpoint",
  "verify_audit",
  "sweep_orphans",
  "prune",
] as const satisfies readonly Job["kind"][];

export type JobKind = Job["kind"];
export type JobOf<K extends JobKind> = Extract<Job, { kind: K }>;

/** The right to work on a job, and the fence: whoever holds an older token is refused. */
export type Lease = { jobId: number; token: string };

export type ClaimedJob<K extends JobKind = JobKind> = JobOf<K> & {
  id: number;
  key: string | null;
  /** Tries so far, this one included. */
  attempts: number;
  maxAttempts: number;
  lease: Lease;
};

/** Somebody else holds the job now: stop at once and write nothing more. */
export class LeaseLost extends Error {
  constructor(jobId: number) {
    super(`The lease of job ${jobId} is lost.`);
    this.name = "LeaseLost";
  }
}

/** Thrown by a handler whose work should go on later, at a time it knows better than the usual back-off. */
export class RetryLater extends Error {
  readonly seconds: number;
  constructor(message: string, seconds: number) {
    super(message);
    this.name = "RetryLater";
    this.seconds = seconds;
  }
}

/** The key under which a job runs one at a time; all work on one environment shares one. */
export function jobKey({ kind, payload }: Job): string {
  if ("environmentId" in payload) return `environment:${payload.environmentId}`;
  return "scope" in payload ? `${kind}:${payload.scope}` : kind;
}

/** What may be written down of an error: the database driver's wrapper quotes all values of the query, so its cause speaks. */
export function plainError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  return error.name === "DrizzleQueryError" && error.cause instanceof Error ? error.cause : error;
}
