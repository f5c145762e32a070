import { asc, desc, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { environments } from "#db/schema/environment.ts";
import { runSteps, runs } from "#db/schema/run.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import type { RunRow, StepRow } from "./run-work.ts";
import { type UsualDuration, usualDurations } from "./usual-duration.ts";

const mostRuns = 50;

export const ListRunsInput = z.object({ environmentId: z.uuid() });

export type ShownRun = RunRow & { steps: (StepRow & { usual: UsualDuration | null })[] };

/** The runs of an environment, newest first, each with its steps and how long such steps usually take. */
export async function listRuns(ctx: Context, { environmentId }: z.infer<typeof ListRunsInput>): Promise<ShownRun[]> {
  const [environment] = await ctx.db
    .select({ spaceId: environments.spaceId, agent: environments.agent, blueprintName: environments.blueprintName })
    .from(environments)
    .where(eq(environments.id, environmentId));
  if (!environment) throw new Problem("not_found", "There is no such environment, or you cannot see it.");
  requirePermission(ctx.actor, "environment.read", environment.spaceId);
  const found = await ctx.db
    .select()
    .from(runs)
    .where(eq(runs.environmentId, environmentId))
    .orderBy(desc(runs.createdAt), desc(runs.id))
    .limit(mostRuns);
  const ids = found.map(({ id }) => id);
  const steps = ids.length
    ? await ctx.db.select().from(runSteps).where(inArray(runSteps.runId, ids)).orderBy(asc(runSteps.position))
    : [];
  const usual = new Map<string, Map<string, UsualDuration>>();
  for (const kind of new Set(found.map((run) => run.kind)))
    usual.set(kind, await usualDurations(ctx, { ...environment, kind }));
  return found.map((run) => ({
    ...run,
    steps: steps
      .filter(({ runId }) => runId === run.id)
      .map((step) => ({ ...step, usual: usual.get(run.kind)?.get(`${step.verb} ${step.grain}`) ?? null })),
  }));
}
