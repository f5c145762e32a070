import { setTimeout as pause } from "node:timers/promises";
import { and, eq, gte, lt, sql } from "drizzle-orm";
import { jobs } from "#db/schema/run.ts";
import type { Context } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import type { ClaimedJob } from "./job.ts";

type JobRow = typeof jobs.$inferSelect;

export function asClaimed(row: JobRow): ClaimedJob {
  const { id, key, kind, payload, attempts, maxAttempts } = row;
  // The row was written by `enqueueJob`, whose argument is the same union; a kind that is gone has no handler.
  return { id, key, kind, payload, attempts, maxAttempts, lease: { jobId: id, token: row.token ?? "" } } as ClaimedJob;
}

// The column rounds to milliseconds, so a job queued just now may seem to lie half of one ahead.
const claimable = sql`(
  select j.id from ${jobs} j
  where ((j.state = 'ready' and j.run_at <= now() + interval '1 millisecond')
      or (j.state = 'active' and j.lease_until < now() and j.attempts < j.max_attempts))
    and (j.key is null or not exists (
      select 1 from ${jobs} a where a.key = j.key and a.state = 'active' and a.id <> j.id))
  order by j.run_at, j.id for update skip locked limit 1)`;

/**
 * Takes the next job that may run, or null. A job whose holder died is taken again once its lease has run out, and
 * until then keeps its key busy: only that same row can free it.
 */
export async function claimJob(
  ctx: Pick<Context, "db">,
  holder: { worker: string; leaseSeconds: number },
): Promise<ClaimedJob | null> {
  crashpoint("job.before-claim");
  for (let conflicts = 0; ; conflicts++) {
    try {
      const [row] = await ctx.db
        .update(jobs)
        .set({
          state: "active",
          lockedBy: holder.worker,
          attempts: sql`${jobs.attempts} + 1`,
          token: sql`gen_random_uuid()`,
          leaseUntil: sql`now() + make_interval(secs => ${holder.leaseSeconds})`,
        })
        .where(eq(jobs.id, claimable))
        .returning();
      crashpoint("job.after-claim");
      return row ? asClaimed(row) : null;
    } catch (error) {
      if (!isKeyTaken(error) || conflicts >= 50) throw error;
      await pause(5 + Math.random() * 20);
    }
  }
}

/** Another worker took a job of the same key between the look and the grasp. */
function isKeyTaken(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ("code" in cause && cause.code === "23505") return true;
  return false;
}

/** Jobs whose last permitted try died with its worker: fails one of them and returns it, for the caller to announce. */
export async function failOneExhausted(ctx: Pick<Context, "db">): Promise<ClaimedJob | null> {
  const [row] = await ctx.db
    .update(jobs)
    .set({
      state: "failed",
      leaseUntil: null,
      finishedAt: sql`now()`,
      lastError: "The worker died during the last permitted try.",
    })
    .where(
      eq(
        jobs.id,
        ctx.db
          .select({ id: jobs.id })
          .from(jobs)
          .where(and(eq(jobs.state, "active"), lt(jobs.leaseUntil, sql`now()`), gte(jobs.attempts, jobs.maxAttempts)))
          .orderBy(jobs.id)
          .limit(1)
          .for("update", { skipLocked: true }),
      ),
    )
    .returning();
  return row ? asClaimed(row) : null;
}
