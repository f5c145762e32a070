import { and, eq, sql } from "drizzle-orm";
import { jobs } from "#db/schema/run.ts";
import type { Context } from "#server/context.ts";
import { type Lease, LeaseLost } from "./job.ts";

export const held = (lease: Lease) =>
  and(eq(jobs.id, lease.jobId), eq(jobs.token, lease.token), eq(jobs.state, "active"));

/** Prolongs the lease; false when somebody else has it. Call every third of its length. */
export async function keepLease(ctx: Pick<Context, "db">, lease: Lease, seconds: number): Promise<boolean> {
  const kept = await ctx.db
    .update(jobs)
    .set({ leaseUntil: sql`now() + make_interval(secs => ${seconds})` })
    .where(held(lease))
    .returning({ id: jobs.id });
  return kept.length > 0;
}

/** Ends the leases of a worker that is known to be dead, so that its heir need not wait for them to run out. */
export async function endLeasesOf(ctx: Pick<Context, "db">, worker: string): Promise<void> {
  const theirs = and(eq(jobs.lockedBy, worker), eq(jobs.state, "active"));
  await ctx.db.update(jobs).set({ leaseUntil: sql`now() - interval '1 second'` }).where(theirs);
}

/**
 * The fence: call first in each transaction that writes on behalf of a job. Throws `LeaseLost` when the job was taken
 * over, and keeps it from being taken over until the transaction ends.
 */
export async function requireLease(ctx: Pick<Context, "db">, lease: Lease): Promise<void> {
  const rows = await ctx.db.select({ id: jobs.id }).from(jobs).where(held(lease)).for("share");
  if (rows.length === 0) throw new LeaseLost(lease.jobId);
}
