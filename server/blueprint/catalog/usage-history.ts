import { and, eq, gte, isNotNull, sql } from "drizzle-orm";
import { environments } from "#db/schema/environment.ts";
import { runs } from "#db/schema/run.ts";
import type { Context } from "#server/context.ts";
import type { TimeToReady, UsageHistory } from "./catalog.ts";

const leastRuns = 5;
const historyDays = 180;

type Wanted = { spaceId: string; blueprintName: string | undefined; since: Date };

/** What a space's past says of each blueprint, or of one: two queries, however many blueprints there are. */
export async function readUsageHistory(
  ctx: Context,
  spaceId: string,
  blueprintName?: string,
): Promise<(name: string) => UsageHistory> {
  const since = new Date(ctx.clock.now().getTime() - historyDays * 86_400_000);
  const [ready, usage] = await Promise.all([
    readTimesToReady(ctx, { spaceId, blueprintName, since }),
    readUsage(ctx, { spaceId, blueprintName, since }),
  ]);
  return (name) => ({
    timeToReady: ready.get(name) ?? null,
    ...(usage.get(name) ?? {
      launches: 0,
      lastLaunchAt: null,
      typicalMonthlyCost: null,
      typicalHourlyCost: null,
      typicalCostIsOpen: false,
    }),
  });
}

/** From the worker's start of a launch to its success; waiting for an approval is not the blueprint's doing. */
async function readTimesToReady(
  ctx: Context,
  { spaceId, blueprintName, since }: Wanted,
): Promise<Map<string, TimeToReady>> {
  const seconds = sql`extract(epoch from ${runs.finishedAt} - ${runs.startedAt})`;
  const rows = await ctx.db
    .select({
      name: runs.blueprintName,
      count: sql<number>`count(*)::int`,
      p50: sql<number>`percentile_cont(0.5) within group (order by ${seconds})::float8`,
      p95: sql<number>`percentile_cont(0.95) within group (order by ${seconds})::float8`,
    })
    .from(runs)
    .where(
      and(
        eq(runs.spaceId, spaceId),
        eq(runs.kind, "launch"),
        eq(runs.state, "succeeded"),
        gte(runs.finishedAt, since),
        isNotNull(runs.startedAt),
        blueprintName === undefined ? undefined : eq(runs.blueprintName, blueprintName),
      ),
    )
    .groupBy(runs.blueprintName);
  return new Map(
    rows
      .filter((row) => row.count >= leastRuns)
      .map(({ name, count, p50, p95 }) => [name, { runs: count, p50Seconds: p50, p95Seconds: p95 }]),
  );
}

type Usage = Omit<UsageHistory, "timeToReady">;

async function readUsage(ctx: Context, { spaceId, blueprintName }: Wanted): Promise<Map<string, Usage>> {
  const median = (column: typeof environments.monthlyEstimate | typeof environments.hourlyCost) =>
    sql<string | null>`(percentile_disc(0.5) within group (order by ${column}))::text`;
  const rows = await ctx.db
    .select({
      name: environments.blueprintName,
      launches: sql<number>`count(*)::int`,
      lastLaunchAt: sql<string>`max(${environments.createdAt})`,
      typicalMonthlyCost: median(environments.monthlyEstimate),
      typicalHourlyCost: median(environments.hourlyCost),
      typicalCostIsOpen: sql<boolean>`bool_or(${environments.estimateIsOpen})`,
    })
    .from(environments)
    .where(
      and(
        eq(environments.spaceId, spaceId),
        blueprintName === undefined ? undefined : eq(environments.blueprintName, blueprintName),
      ),
    )
    .groupBy(environments.blueprintName);
  return new Map(
    rows.map(({ name, lastLaunchAt, ...usage }) => [name, { ...usage, lastLaunchAt: new Date(lastLaunchAt) }]),
  );
}

export type LastLaunch = {
  id: string;
  number: number;
  name: string;
  state: string;
  createdAt: Date;
  ownerId: string;
};

/** The last few launches of one blueprint in a space, newest first. */
export function listLastLaunches(
  ctx: Context,
  { spaceId, blueprintName, limit = 5 }: { spaceId: string; blueprintName: string; limit?: number },
): Promise<LastLaunch[]> {
  const { id, number, name, state, createdAt, ownerId } = environments;
  return ctx.db
    .select({ id, number, name, state, createdAt, ownerId })
    .from(environments)
    .where(and(eq(environments.spaceId, spaceId), eq(environments.blueprintName, blueprintName)))
    .orderBy(sql`${createdAt} desc`)
    .limit(limit);
}
