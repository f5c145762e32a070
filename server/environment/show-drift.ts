import { and, desc, eq, inArray } from "drizzle-orm";
import { resources } from "#db/schema/environment.ts";
import { jobs, runs } from "#db/schema/run.ts";
import type { Blueprint } from "#server/blueprint/blueprint.ts";
import { config } from "#server/config.ts";
import type { Context } from "#server/context.ts";
import { canAccept } from "#server/run/choose-driver.ts";
import type { Environment } from "./move-environment.ts";

/** Kinds of run after which what was found before says nothing any more. */
const changing = ["launch", "update", "restore", "accept"] as const;

/** A look by schedule may be late by one interval before it counts as missing. */
const lateFactor = 2;

async function findLastChange(ctx: Context, environmentId: string) {
  const ofIt = and(
    eq(runs.environmentId, environmentId),
    inArray(runs.kind, [...changing]),
    eq(runs.state, "succeeded"),
  );
  const [last] = await ctx.db
    .select({ kind: runs.kind, at: runs.finishedAt, by: runs.startedBy })
    .from(runs)
    .where(ofIt)
    .orderBy(desc(runs.finishedAt))
    .limit(1);
  return last ?? null;
}

/** Whether every grain that drifted can take over what was found. */
async function isAcceptable(ctx: Context, environment: Environment, blueprint: Blueprint | undefined) {
  if (environment.driftState !== "drifted" || !blueprint) return false;
  const drifted = await ctx.db
    .selectDistinct({ grain: resources.grain })
    .from(resources)
    .where(and(eq(resources.environmentId, environment.id), eq(resources.state, "drifted")));
  return drifted.every(({ grain: name }) => {
    const grain = blueprint.grains.find((candidate) => candidate.name === name);
    return grain !== undefined && canAccept(ctx, environment.agent, grain.kind);
  });
}

/** How far what is known of an environment's drift can be trusted, so that silence is not taken for no drift. */
export async function showDrift(ctx: Context, environment: Environment, blueprint: Blueprint | undefined) {
  const { id, driftCheckedAt, state } = environment;
  const everyMinutes = config().GANTRY_DRIFT_EVERY_MINUTES;
  const looking = and(
    eq(jobs.key, `environment:${id}`),
    eq(jobs.kind, "check_drift"),
    inArray(jobs.state, ["ready", "active"]),
  );
  const last = await findLastChange(ctx, id);
  const isBeforeChange = driftCheckedAt !== null && last?.at !== null && last !== null && driftCheckedAt < last.at;
  const latest = ctx.clock.now().getTime() - everyMinutes * 60_000 * lateFactor;
  const isLate = driftCheckedAt !== null && everyMinutes > 0 && driftCheckedAt.getTime() < latest;
  return {
    everyMinutes,
    isChecking: state === "active" && (await ctx.db.$count(jobs, looking)) > 0,
    /** The last look is too old to say how things are now, and why. */
    stale: isBeforeChange ? ("changed" as const) : isLate ? ("late" as const) : null,
    accepted: last?.kind === "accept" && last.at ? { at: last.at, by: last.by.name } : null,
    isAcceptable: await isAcceptable(ctx, environment, blueprint),
  };
}
