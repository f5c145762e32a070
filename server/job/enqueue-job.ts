import { and, eq, sql } from "drizzle-orm";
import { jobs } from "#db/schema/run.ts";
import type { Context } from "#server/context.ts";
import { type Job, jobKey } from "./job.ts";

/** The PostgreSQL channel that wakes idle workers. */
export const jobChannel = "gantry_jobs";

export type NewJob = Job & { key?: string | null; runAt?: Date; maxAttempts?: number };

/** Queues a job in the caller's transaction, so that work is promised exactly when the change it follows is true. */
export async function enqueueJob(ctx: Pick<Context, "db">, job: NewJob): Promise<{ id: number }> {
  const [row] = await ctx.db
    .insert(jobs)
    .values({
      kind: job.kind,
      key: job.key === undefined ? jobKey(job) : job.key,
      payload: job.payload,
      ...(job.runAt && { runAt: job.runAt }),
      ...(job.maxAttempts && { maxAttempts: job.maxAttempts }),
    })
    .returning({ id: jobs.id });
  await ctx.db.execute(sql`select pg_notify(${jobChannel}, '')`);
  return row!;
}

/** Queues the job unless an equal one waits already: what recurs must not pile up behind something slow. */
export async function enqueueOnce(ctx: Pick<Context, "db">, job: NewJob): Promise<{ id: number } | null> {
  const waiting = and(eq(jobs.kind, job.kind), eq(jobs.key, job.key ?? jobKey(job)), eq(jobs.state, "ready"));
  return (await ctx.db.$count(jobs, waiting)) > 0 ? null : enqueueJob(ctx, job);
}
