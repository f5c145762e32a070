import { randomUUID } from "node:crypto";
import os from "node:os";
import type { Context } from "#server/context.ts";
import { claimJob } from "#server/job/claim-job.ts";
import { plainError } from "#server/job/job.ts";
import { keepWorker, removeWorker } from "#server/job/worker-row.ts";
import { logger } from "#server/log.ts";
import { type Handlers, WorkerStopping } from "./handler.ts";
import { giveUpExhausted, workOn } from "./work-on.ts";

export type WorkerOptions = {
  concurrency: number;
  leaseSeconds: number;
  /** How long running jobs may go on after `stop` before they are handed back. */
  graceSeconds: number;
  pollMs?: number;
};

export type Worker = {
  id: string;
  /** Something may be waiting: look now instead of at the next poll. */
  wake(): void;
  /** Stops claiming, lets running jobs go on for the grace, hands the rest back. */
  stop(): Promise<void>;
};

/** Terraform may take a minute to stop politely. */
const lettingGoMs = 65_000;
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
