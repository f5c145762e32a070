import type { Context } from "#server/context.ts";
import type { ClaimedJob, JobKind } from "#server/job/job.ts";

export type Handler<K extends JobKind> = {
  run(ctx: Context, job: ClaimedJob<K>, signal: AbortSignal): Promise<void>;
  /** What must be said when the job is given up; in the transaction that does so. */
  giveUp?(tx: Context, job: ClaimedJob<K>, reason: string): Promise<void>;
};
export type Handlers = { [K in JobKind]: Handler<K> };

/** The reason jobs are aborted with when the worker stops. */
export class WorkerStopping extends Error {
  constructor() {
    super("The worker is stopping.");
    this.name = "WorkerStopping";
  }
}
