import type { RunKind, runSteps, runs } from "#db/schema/run.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { requireLease } from "#server/job/keep-lease.ts";
import { notifyChange } from "#server/job/notify-change.ts";
import type { RunRequest } from "./run.ts";
import type { RunLog } from "./run-log.ts";
import type { RunSubject } from "./run-subject.ts";

export type RunRow = typeof runs.$inferSelect;
export type StepRow = typeof runSteps.$inferSelect;

/** A run under way. */
export type RunWork = {
  ctx: Context;
  request: RunRequest;
  subject: RunSubject;
  run: RunRow & { kind: RunKind };
  log: RunLog;
  /** Aborted when the run is cancelled, and when the worker must let go of it. */
  signal: AbortSignal;
};

/** A write on behalf of the run, refused once another worker has its job. Open pages are told. */
export function writeFenced<T>(work: Pick<RunWork, "ctx" | "request" | "subject">, write: (tx: Context) => Promise<T>) {
  const { environment } = work.subject;
  return inTransaction(work.ctx, async (tx) => {
    await requireLease(tx, work.request.lease);
    const written = await write(tx);
    await notifyChange(tx, { topic: "environment", id: environment.id, spaceId: environment.spaceId });
    return written;
  });
}

/** Throws when the worker must let go, so that nothing is taken for the run's own failure. */
export function throwIfLetGo(request: Pick<RunRequest, "signal">): void {
  if (request.signal.aborted) throw request.signal.reason;
}
