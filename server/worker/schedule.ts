import { sql } from "drizzle-orm";
import { config } from "#server/config.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { enqueueOnce, type NewJob } from "#server/job/enqueue-job.ts";
import { plainError } from "#server/job/job.ts";
import { logger } from "#server/log.ts";

type Scheduled = { name: string; everySeconds: number; job: NewJob };

/** What happens by itself, and how often. An end comes at most half a minute late. */
const always: readonly Scheduled[] = [
  { name: "expire-environments", everySeconds: 30, job: { kind: "expire_environments", payload: {} } },
  { name: "expire-approvals", everySeconds: 60, job: { kind: "expire_approvals", payload: {} } },
  { name: "sign-checkpoint", everySeconds: 60, job: { kind: "sign_checkpoint", payload: {} } },
  { name: "verify-audit", everySeconds: 86_400, job: { kind: "verify_audit", payload: {} } },
  { name: "watch-health", everySeconds: 60, job: { kind: "watch_environments", payload: { scope: "health" } } },
  { name: "sweep-orphans", everySeconds: 3600, job: { kind: "sweep_orphans", payload: {} } },
  { name: "prune", everySeconds: 3600, job: { kind: "prune", payload: {} } },
];

export function schedule(): readonly Scheduled[] {
  const everySeconds = config().GANTRY_DRIFT_EVERY_MINUTES * 60;
  if (everySeconds === 0) return always;
  const job: NewJob = { kind: "watch_environments", payload: { scope: "drift" } };
  return [...always, { name: "watch-drift", everySeconds, job }];
}

/**
 * Queues what is due. Slots are cut from the database's clock, and the primary key lets one process only have each, so
 * that any number of workers fire once, whatever their own clocks say.
 */
export async function fireSchedule(ctx: Context, entries: readonly Scheduled[] = schedule()): Promise<string[]> {
  const fired: string[] = [];
  for (const { name, everySeconds, job } of entries) {
    const slot = sql`to_timestamp(floor(extract(epoch from now()) / ${everySeconds}) * ${everySeconds})`;
    crashpoint("schedule.before-slot");
    const isOurs = await inTransaction(ctx, async (tx) => {
      const taken = await tx.db.execute(
        sql`insert into schedule_slots (name, slot) values (${name}, ${slot}) on conflict do nothing returning name`,
      );
      if (taken.rows.length === 0) return false;
      await enqueueOnce(tx, job);
      return true;
    });
    crashpoint("schedule.after-slot");
    if (isOurs) fired.push(name);
  }
  return fired;
}

/** Looks every few seconds whether something is due. */
export function startSchedule(ctx: Context, everyMs = 5_000): { stop(): void } {
  let busy = false;
  const look = async () => {
    if (busy) return;
    busy = true;
    await fireSchedule(ctx).catch((error: unknown) =>
      logger.warn({ err: plainError(error) }, "The schedule could not be looked at."),
    );
    busy = false;
  };
  const timer = setInterval(() => void look(), everyMs);
  void look();
  return { stop: () => clearInterval(timer) };
}
