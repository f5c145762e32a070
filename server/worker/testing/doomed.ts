// A worker that works off the queue and ends, unless GANTRY_CRASH_AT kills it before. With `--each-line` it is an heir: it does
// so for every line it reads, and says when it is done. What is promised for later stays.
import { createInterface } from "node:readline";
import { and, eq, lte, or, sql } from "drizzle-orm";
import { closeDatabase, database } from "#db/client.ts";
import { jobs } from "#db/schema/run.ts";
import { systemActor } from "#server/actor.ts";
import { createContext } from "#server/context.ts";
import { handlers } from "#server/worker/handlers.ts";
import { startWorker } from "#server/worker/loop.ts";
import { fireSchedule } from "#server/worker/schedule.ts";

const db = database();
const ctx = createContext({ db, actor: systemActor("worker"), via: "worker" });
const soon = lte(jobs.runAt, sql`now() + interval '10 seconds'`);
const due = or(eq(jobs.state, "active"), and(eq(jobs.state, "ready"), soon));

async function workOff(): Promise<void> {
  await fireSchedule(ctx);
  const worker = startWorker(ctx, handlers, { concurrency: 2, leaseSeconds: 30, graceSeconds: 0, pollMs: 20 });
  while ((await db.$count(jobs, due)) > 0) await ctx.clock.sleep(20);
  await worker.stop();
}

if (process.argv.includes("--each-line"))
  for await (const _line of createInterface({ input: process.stdin })) {
    await workOff();
    process.stdout.write("done\n");
  }
else await workOff();
await closeDatabase();
process.exit(0);
