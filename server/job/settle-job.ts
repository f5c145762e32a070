import { sql } from "drizzle-orm";
import { jobs } from "#db/schema/run.ts";
import type { Context } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { backOffSeconds } from "./back-off.ts";
import { type ClaimedJob, type Lease, plainError, RetryLater } from "./job.ts";
import { held } from "./keep-lease.ts";

/** The work is done. False when the lease was lost meanwhile: then the other holder's word counts. */
export async function finishJob(ctx: Pick<Context, "db">, lease: Lease): Promise<boolean> {
  crashpoint("job.before-finish");
  const rows = await ctx.db
    .update(jobs)
    .set({ state: "done", leaseUntil: null, lastError: null, finishedAt: sql`now()` })
    .where(held(lease))
    .returning({ id: jobs.id });
  crashpoint("job.after-finish");
  return rows.length > 0;
}

/** The try failed: the job waits for its next one, or is given up as `failed` after the last. */
export async function failJob(
  ctx: Pick<Context, "db">,
  job: ClaimedJob,
  error: unknown,
): Promise<"retry" | "failed" | "lost"> {
  const { message } = plainError(error);
  const last = job.attempts >= job.maxAttempts;
  const seconds = error instanceof RetryLater ? error.seconds : backOffSeconds(job.attempts);
  const rows = await ctx.db
    .update(jobs)
    .set({
      state: last ? "failed" : "ready",
      leaseUntil: null,
      token: null,
      lastError: message.slice(0, 2000),
      ...(last ? { finishedAt: sql`now()` } : { runAt: sql`now() + make_interval(secs => ${seconds})` }),
    })
    .where(held(job.lease))
    .returning({ id: jobs.id });
  if (rows.length === 0) return "lost";
  return last ? "failed" : "retry";
}

/** Hands a job back untouched, as a worker does that was told to stop: the try does not count. */
export async function releaseJob(ctx: Pick<Context, "db">, lease: Lease): Promise<boolean> {
  crashpoint("job.before-release");
  const rows = await ctx.db
    .update(jobs)
    .set({ state: "ready", leaseUntil: null, token: null, attempts: sql`${jobs.attempts} - 1`, runAt: sql`now()` })
    .where(held(lease))
    .returning({ id: jobs.id });
  crashpoint("job.after-release");
  return rows.length > 0;
}
