import { and, eq, inArray, isNull } from "drizzle-orm";
import { type RunKind, runSteps, runs } from "#db/schema/run.ts";
import { recordActor } from "#server/actor.ts";
import type { Context } from "#server/context.ts";
import { notifyChange } from "#server/job/notify-change.ts";

/** Records that a run is wanted, in the transaction that queues its job. */
export async function openRun(
  ctx: Context,
  wanted: { environmentId: string; spaceId: string; blueprintName: string; kind: RunKind },
): Promise<{ id: string; attempt: number }> {
  const earlier = await ctx.db.$count(
    runs,
    and(eq(runs.environmentId, wanted.environmentId), eq(runs.kind, wanted.kind)),
  );
  const [run] = await ctx.db
    .insert(runs)
    .values({
      ...wanted,
      state: "queued",
      attempt: earlier + 1,
      startedBy: recordActor(ctx.actor),
      createdAt: ctx.clock.now(),
    })
    .returning({ id: runs.id, attempt: runs.attempt });
  return run!;
}

/** Asks the environment's unfinished runs to stop; the worker that has one notices within seconds. */
export async function requestCancel(ctx: Context, environmentId: string): Promise<number> {
  const asked = await ctx.db
    .update(runs)
    .set({ cancelRequestedAt: ctx.clock.now() })
    .where(
      and(
        eq(runs.environmentId, environmentId),
        inArray(runs.state, ["queued", "running"]),
        isNull(runs.cancelRequestedAt),
      ),
    )
    .returning({ id: runs.id });
  return asked.length;
}

/** Closes a run whose job was given up: its worker died too often, or it failed in a way nobody foresaw. */
export async function abandonRun(ctx: Context, runId: string, reason: string): Promise<boolean> {
  const finishedAt = ctx.clock.now();
  const [run] = await ctx.db
    .update(runs)
    .set({ state: "lost", error: reason, finishedAt })
    .where(and(eq(runs.id, runId), inArray(runs.state, ["queued", "running"])))
    .returning({ environmentId: runs.environmentId, spaceId: runs.spaceId });
  if (!run) return false;
  await ctx.db
    .update(runSteps)
    .set({ state: "failed", error: reason, finishedAt })
    .where(and(eq(runSteps.runId, runId), eq(runSteps.state, "running")));
  await ctx.db
    .update(runSteps)
    .set({ state: "cancelled" })
    .where(and(eq(runSteps.runId, runId), eq(runSteps.state, "waiting")));
  await notifyChange(ctx, { topic: "environment", id: run.environmentId, spaceId: run.spaceId });
  return true;
}
