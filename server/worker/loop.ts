import { randomUUID } from "node:crypto";
import os from "node:os";
import { recordEvent } from "#server/audit/record-event.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { claimJob, failOneExhausted } from "#server/job/claim-job.ts";
import { type ClaimedJob, type JobKind, LeaseLost, plainError } from "#server/job/job.ts";
import { keepLease } from "#server/job/keep-lease.ts";
import { failJob, finishJob, releaseJob } from "#server/job/settle-job.ts";
import { keepWorker, removeWorker } from "#server/job/worker-row.ts";
import { logger } from "#server/log.ts";

export type Handler<K extends JobKind> = {
  run(ctx: Context, job: ClaimedJob<K>, signal: AbortSignal): Promise<void>;
  /** What must be said when the job is given up; in the transaction that does so. */
  giveUp?(tx: Context, job: ClaimedJob<K>, reason: string): Promise<void>;
};
export type Handlers = { [K in JobKind]: Handler<K> };

export type WorkerOptions = {
  concurrency: number;
  leaseSeconds: number;
  /** How long running jobs may go on after `stop` before they are handed back. */
  graceSeconds: number;
  pollMs?: number;
};

/** The reason jobs are aborted with when the worker stops. */
export class WorkerStopping extends Error {
  constructor() {
    super("The worker is stopping.");
    this.name = "WorkerStopping";
  }
}

export type Worker = {
  id: string;
  /** Something may be waiting: look now instead of at the next poll. */
  wake(): void;
  /** Stops claiming, lets running jobs go on for the grace, hands the rest back. */
  stop(): Promise<void>;
};

const lettingGoMs = 15_000;
const secondsBetweenWords = 10;

/** Works off the queue until stopped. */
export function startWorker(ctx: Context, handlers: Handlers, options: WorkerOptions): Worker {
  const id = `${os.hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const running = new Map<Promise<void>, AbortController>();
  let stopping = false;
  let pumping: Promise<void> | undefined;
  let again = false;

  const pump = async () => {
    while (!stopping && running.size < options.concurrency) {
      const job = await claimJob(ctx, { worker: id, leaseSeconds: options.leaseSeconds });
      if (!job) break;
      const controller = new AbortController();
      const done = workOn(ctx, handlers, { job, controller, leaseSeconds: options.leaseSeconds }).finally(() => {
        running.delete(done);
        wake();
      });
      running.set(done, controller);
    }
  };
  const wake = () => {
    again = true;
    pumping ??= (async () => {
      while (again) {
        again = false;
        await pump().catch((error: unknown) => logger.warn({ err: plainError(error) }, "Could not claim a job."));
      }
      pumping = undefined;
    })();
  };
  const giveWord = () =>
    keepWorker(ctx, {
      id,
      host: os.hostname(),
      pid: process.pid,
      concurrency: options.concurrency,
      busy: running.size,
      stopping,
    }).catch((error: unknown) => logger.warn({ err: plainError(error) }, "Could not write the worker's word."));
  const poll = async () => {
    await giveUpExhausted(ctx, handlers).catch((error: unknown) =>
      logger.warn({ err: plainError(error) }, "Could not give up a job."),
    );
    wake();
  };
  const timers = [
    setInterval(() => void poll(), options.pollMs ?? 1_000),
    setInterval(() => void giveWord(), secondsBetweenWords * 1000),
  ];
  void giveWord();
  wake();

  return {
    id,
    wake,
    async stop() {
      stopping = true;
      for (const timer of timers) clearInterval(timer);
      await giveWord();
      await pumping;
      await settledWithin(running, options.graceSeconds * 1000);
      for (const controller of running.values()) controller.abort(new WorkerStopping());
      await settledWithin(running, lettingGoMs);
      await removeWorker(ctx, id).catch(() => undefined);
    },
  };
}

/** Waits for all jobs in hand, but not longer than `ms`. */
async function settledWithin(running: Map<Promise<void>, AbortController>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([Promise.allSettled(running.keys()), limit]);
  clearTimeout(timer);
}

type Hand = { job: ClaimedJob; controller: AbortController; leaseSeconds: number };

/** Does one job, keeping its lease meanwhile. Never throws: whatever happens is written to the job or to the log. */
export async function workOn(ctx: Context, handlers: Handlers, { job, controller, leaseSeconds }: Hand): Promise<void> {
  const at = { ...ctx, requestId: `job-${job.id}-${job.attempts}` };
  const keeper = keepLeased(at, job, controller, leaseSeconds);
  const fields = { job: job.id, kind: job.kind, attempt: job.attempts };
  try {
    const handler = handlers[job.kind] as Handler<JobKind> | undefined;
    if (!handler) throw new Error(`Nothing here handles jobs of kind ${JSON.stringify(job.kind)}.`);
    await handler.run(at, job, controller.signal);
    if (!(await finishJob(at, job.lease))) logger.warn(fields, "The lease was lost before the job was done.");
  } catch (error) {
    await settleFailure(at, handlers, job, error).catch((cause: unknown) =>
      logger.error(
        { ...fields, err: plainError(cause) },
        "Could not write down how a job went; its lease will run out.",
      ),
    );
  } finally {
    clearInterval(keeper);
  }
}

/** Prolongs the lease every third of its length; aborts the work when it is lost or can't be kept in time. */
function keepLeased(ctx: Context, job: ClaimedJob, controller: AbortController, leaseSeconds: number): NodeJS.Timeout {
  let keptAt = performance.now();
  const keep = async () => {
    const asked = performance.now();
    try {
      if (await keepLease(ctx, job.lease, leaseSeconds)) keptAt = asked;
      else if (!controller.signal.aborted) controller.abort(new LeaseLost(job.id));
    } catch {
      if (performance.now() - keptAt > leaseSeconds * 1000) controller.abort(new LeaseLost(job.id));
    }
  };
  return setInterval(() => void keep(), (leaseSeconds * 1000) / 3);
}

async function settleFailure(ctx: Context, handlers: Handlers, job: ClaimedJob, error: unknown): Promise<void> {
  const fields = { job: job.id, kind: job.kind, attempt: job.attempts, err: plainError(error) };
  if (error instanceof LeaseLost) return void logger.warn(fields, "The lease is lost; another worker goes on.");
  if (error instanceof WorkerStopping) {
    await releaseJob(ctx, job.lease);
    return;
  }
  crashpoint("job.before-fail");
  const fate = await inTransaction(ctx, async (tx) => {
    const settled = await failJob(tx, job, error);
    if (settled === "failed") await announceFailure(tx, handlers, job, plainError(error).message);
    return settled;
  });
  crashpoint("job.after-fail");
  logger[fate === "failed" ? "error" : "warn"](
    fields,
    fate === "failed" ? "A job is given up." : "A job failed and will be tried again.",
  );
}

async function announceFailure(tx: Context, handlers: Handlers, job: ClaimedJob, reason: string): Promise<void> {
  const handler = handlers[job.kind] as Handler<JobKind> | undefined;
  await handler?.giveUp?.(tx, job, reason);
  await recordEvent(tx, {
    action: "job.failed",
    spaceId: null,
    object: { type: "job", id: String(job.id), name: job.kind },
    outcome: "failed",
    data: { kind: job.kind, attempts: job.attempts, error: reason.slice(0, 500), ...job.payload },
  });
}

/** Gives up jobs whose workers died too often. */
export async function giveUpExhausted(ctx: Context, handlers: Handlers): Promise<number> {
  for (let count = 0; ; count++) {
    const job = await inTransaction(ctx, async (tx) => {
      const exhausted = await failOneExhausted(tx);
      if (exhausted) await announceFailure(tx, handlers, exhausted, "Its worker died during the last permitted try.");
      return exhausted;
    });
    if (!job) return count;
    logger.error({ job: job.id, kind: job.kind }, "A job is given up: its workers died.");
  }
}
