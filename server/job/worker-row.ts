import { eq, lt, sql } from "drizzle-orm";
import { workers } from "#db/schema/run.ts";
import type { Context } from "#server/context.ts";

export type WorkerRow = typeof workers.$inferSelect;

/** A worker not heard of for this long is dead. */
const deadAfterSeconds = 60;

/** The worker's own word that it lives. */
export async function keepWorker(
  ctx: Pick<Context, "db">,
  worker: Pick<WorkerRow, "id" | "host" | "pid" | "concurrency" | "busy" | "stopping">,
): Promise<void> {
  const seen = { busy: worker.busy, stopping: worker.stopping, seenAt: sql`now()` };
  await ctx.db.insert(workers).values(worker).onConflictDoUpdate({ target: workers.id, set: seen });
}

export async function removeWorker(ctx: Pick<Context, "db">, id: string): Promise<void> {
  await ctx.db.delete(workers).where(eq(workers.id, id));
}

/** Workers and whether each lives; for readiness and for the page that says a worker is lost. */
export async function listWorkers(ctx: Pick<Context, "db">): Promise<(WorkerRow & { alive: boolean })[]> {
  const alive = sql<boolean>`${workers.seenAt} > now() - make_interval(secs => ${deadAfterSeconds})`;
  const rows = await ctx.db.select({ worker: workers, alive }).from(workers).orderBy(workers.startedAt);
  return rows.map((row) => ({ ...row.worker, alive: row.alive }));
}

/** Drops workers that have been dead for a day. */
export async function pruneWorkers(ctx: Pick<Context, "db">): Promise<void> {
  await ctx.db.delete(workers).where(lt(workers.seenAt, sql`now() - interval '1 day'`));
}
