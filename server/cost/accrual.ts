import { and, eq, gt, inArray, ne, sql } from "drizzle-orm";
import { environments, environmentTransitions, occupyingStates } from "#db/schema/environment.ts";
import type { Context } from "#server/context.ts";

/**
 * Cost accrued from the state timeline between two instants: each transition carries the rate that held until the next one.
 * Sums in the database, as numeric; returned as a number of the space's currency.
 */
function accrued(from: Date, to: Date) {
  return sql`
    select t.environment_id, t.space_id,
      t.hourly_cost * greatest(0, extract(epoch from
        least(${to.toISOString()}::timestamptz, coalesce(lead(t.at) over (partition by t.environment_id order by t.at, t.id), ${to.toISOString()}::timestamptz))
        - greatest(t.at, ${from.toISOString()}::timestamptz))) / 3600 as cost
    from ${environmentTransitions} t`;
}

/** What each of these environments has cost since it began. Environments whose rate is unknown are left out. */
export async function accruedByEnvironment(
  ctx: Pick<Context, "db" | "clock">,
  ids: string[],
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const list = sql.join(
    ids.map((id) => sql`${id}::uuid`),
    sql`, `,
  );
  const rows = await ctx.db.execute<{ environment_id: string; cost: string | null }>(sql`
    select environment_id, sum(cost) as cost
    from (${accrued(new Date(0), ctx.clock.now())} where t.environment_id in (${list})) periods group by environment_id`);
  return new Map(rows.rows.filter((row) => row.cost !== null).map((row) => [row.environment_id, Number(row.cost)]));
}

/** What a space has spent between two instants. */
export async function accruedInSpace(
  ctx: Pick<Context, "db">,
  spaceId: string,
  period: { from: Date; to: Date },
): Promise<number> {
  const rows = await ctx.db.execute<{ cost: string | null }>(sql`
    select coalesce(sum(cost), 0) as cost
    from (${accrued(period.from, period.to)} where t.space_id = ${spaceId}) periods`);
  return Number(rows.rows[0]?.cost ?? 0);
}

export type CostRow = { key: string; label: string; cost: number; environments: number };
export const costGroups = ["owner", "blueprint", "environment", "day"] as const;
export type CostGroup = (typeof costGroups)[number];

const groupColumns = {
  owner: { key: sql`e.owner_id::text`, label: sql`max(p.name)` },
  blueprint: { key: sql`e.blueprint_name`, label: sql`e.blueprint_name` },
  environment: { key: sql`e.id::text`, label: sql`max('env-' || e.number || ' ' || e.name)` },
} as const;

/** A space's cost between two instants, by owner, blueprint, environment, dearest first. */
export async function costByGroup(
  ctx: Pick<Context, "db">,
  scope: { spaceId: string; from: Date; to: Date; by: Exclude<CostGroup, "day"> },
): Promise<CostRow[]> {
  const { key, label } = groupColumns[scope.by];
  const rows = await ctx.db.execute<{ key: string; label: string; cost: string; environments: number }>(sql`
    select ${key} as key, ${label} as label, coalesce(sum(periods.cost), 0) as cost, count(distinct e.id)::int as environments
    from (${accrued(scope.from, scope.to)} where t.space_id = ${scope.spaceId}) periods
    join environments e on e.id = periods.environment_id
    left join people p on p.id = e.owner_id
    where periods.cost > 0
    group by ${key} order by 3 desc limit 200`);
  return rows.rows.map((row) => ({ ...row, cost: Number(row.cost) }));
}

/** A space's cost for each day of a period, in the given time zone; days without cost included. */
export async function costByDay(
  ctx: Pick<Context, "db">,
  scope: { spaceId: string; from: Date; to: Date; timeZone: string },
): Promise<{ day: string; cost: number }[]> {
  const { spaceId, from, to, timeZone } = scope;
  const rows = await ctx.db.execute<{ day: string; cost: string }>(sql`
    with spans as (
      select t.hourly_cost as rate, t.at as began,
        coalesce(lead(t.at) over (partition by t.environment_id order by t.at, t.id), ${to.toISOString()}::timestamptz) as ended
      from ${environmentTransitions} t where t.space_id = ${spaceId}),
    days as (
      select d as local, d at time zone ${timeZone} as began, (d + interval '1 day') at time zone ${timeZone} as ended
      from generate_series(date_trunc('day', ${from.toISOString()}::timestamptz at time zone ${timeZone}),
        date_trunc('day', ${to.toISOString()}::timestamptz at time zone ${timeZone}), interval '1 day') d)
    select to_char(days.local, 'YYYY-MM-DD') as day,
      coalesce(sum(spans.rate * greatest(0, extract(epoch from least(spans.ended, days.ended, ${to.toISOString()}::timestamptz) - greatest(spans.began, days.began))) / 3600), 0) as cost
    from days left join spans on spans.began < days.ended and spans.ended > days.began and spans.rate > 0
    group by days.local order by days.local`);
  return rows.rows.map((row) => ({ day: row.day, cost: Number(row.cost) }));
}

/** What the environments of a space that run now will still cost until `until`, or their own end if that is earlier. */
export async function committedUntil(
  ctx: Pick<Context, "db">,
  spaceId: string,
  period: { now: Date; until: Date; except?: string | undefined },
): Promise<number> {
  const until = period.until.toISOString();
  const [row] = await ctx.db
    .select({
      cost: sql<string>`coalesce(sum(${environments.hourlyCost} * greatest(0, extract(epoch from
        least(${until}::timestamptz, coalesce(${environments.endsAt}, ${until}::timestamptz)) - ${period.now.toISOString()}::timestamptz)) / 3600), 0)`,
    })
    .from(environments)
    .where(
      and(
        eq(environments.spaceId, spaceId),
        inArray(environments.state, [...occupyingStates]),
        gt(environments.hourlyCost, "0"),
        period.except ? ne(environments.id, period.except) : undefined,
      ),
    );
  return Number(row?.cost ?? 0);
}
