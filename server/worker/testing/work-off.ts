import { setTimeout as pause } from "node:timers/promises";
import { and, eq, lte, or, sql } from "drizzle-orm";
import { jobs } from "#db/schema/run.ts";
import { systemActor } from "#server/actor.ts";
import type { Context } from "#server/context.ts";
import { handlers } from "#server/worker/handlers.ts";
import { startWorker } from "#server/worker/loop.ts";

/** Lets the worker itself do everything that is due, until nothing is. What is promised for later stays. */
export async function workOff(ctx: Context): Promise<void> {
  const system: Context = { ...ctx, actor: systemActor("worker"), via: "worker" };
  const worker = startWorker(system, handlers, { concurrency: 2, leaseSeconds: 60, graceSeconds: 0, pollMs: 20 });
  const due = or(eq(jobs.state, "active"), and(eq(jobs.state, "ready"), lte(jobs.runAt, sql`now()`)));
  while ((await ctx.db.$count(jobs, due)) > 0) await pause(25);
  await worker.stop();
}
