import { and, eq, lt, sql } from "drizzle-orm";
import { jobs, scheduleSlots } from "#db/schema/run.ts";
import type { Context } from "#server/context.ts";

/** Removes done jobs of more than a week ago and schedule slots of more than two days ago. Failed jobs stay to be seen. */
export async function pruneJobs(ctx: Pick<Context, "db">): Promise<void> {
  await ctx.db.delete(jobs).where(and(eq(jobs.state, "done"), lt(jobs.finishedAt, sql`now() - interval '7 days'`)));
  await ctx.db.delete(scheduleSlots).where(lt(scheduleSlots.slot, sql`now() - interval '2 days'`));
}
