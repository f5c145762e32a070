import { sql } from "drizzle-orm";
import type { RunKind } from "#db/schema/run.ts";
import type { Context } from "#server/context.ts";

/** The middle and the long end of what it took, in milliseconds, and over how many. */
export type UsualDuration = { p50: number; p95: number; n: number };

/** Fewer than these say nothing. */
const fewest = 5;
const latestRuns = 100;

type Row = { grain: string; verb: string; n: number; p50: number; p95: number };

/** How long the steps of such runs took before, by `verb grain`; a step with too little history is missing. */
export async function usualDurations(
  ctx: Pick<Context, "db">,
  like: { blueprintName: string; kind: RunKind; agent: string },
): Promise<Map<string, UsualDuration>> {
  const took = sql`extract(epoch from s.finished_at - s.started_at) * 1000`;
  const { rows } = await ctx.db.execute<Row>(sql`
    select s.grain, s.verb, count(*)::int as n,
           (percentile_cont(0.5) within group (order by ${took}))::float8 as p50,
           (percentile_cont(0.95) within group (order by ${took}))::float8 as p95
    from (
      select r.id from runs r join environments e on e.id = r.environment_id
      where r.blueprint_name = ${like.blueprintName} and r.kind = ${like.kind} and r.state = 'succeeded'
        and e.agent = ${like.agent}
      order by r.finished_at desc limit ${latestRuns}
    ) recent
    join run_steps s on s.run_id = recent.id
    where s.state = 'succeeded' and s.attempt = 1
    group by s.grain, s.verb
    having count(*) >= ${fewest}`);
  return new Map(rows.map(({ grain, verb, ...usual }) => [`${verb} ${grain}`, usual]));
}
