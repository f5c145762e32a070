import { recordEvent } from "#server/audit/record-event.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { failOneExhausted } from "#server/job/claim-job.ts";
import { type ClaimedJob, type JobKind, LeaseLost, plainError } from "#server/job/job.ts";
import { keepLease } from "#server/job/keep-lease.ts";
import { failJob, finishJob, releaseJob } from "#server/job/settle-job.ts";
import { logger } from "#server/log.ts";
import { type Handler, type Handlers, WorkerStopping } from "./handler.ts";

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
