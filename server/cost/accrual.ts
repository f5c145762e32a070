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

const mostRows = 200;

/**
 * What a space has spent between two instants, and by owner, blueprint and environment, dearest first. The timeline is
 * read once: all of it, since a rate that holds in the period may have begun long before.
 */
export async function costInPeriod(
  ctx: Pick<Context, "db">,
  scope: { spaceId: string; from: Date; to: Date },
): Promise<{ total: number; owner: CostRow[]; blueprint: CostRow[]; environment: CostRow[] }> {
  type Row = {
    kind: "total" | Exclude<CostGroup, "day">;
    key: string;
    label: string;
    cost: string;
    environments: number;
  };
  const { rows } = await ctx.db.execute<Row>(sql`
    with spent as (
      select environment_id, sum(cost) as cost
      from (${accrued(scope.from, scope.to)} where t.space_id = ${scope.spaceId}) periods
      where cost > 0 group by environment_id)
    select case grouping(e.owner_id, e.blueprint_name, e.id) when 3 then 'owner' when 5 then 'blueprint'
        when 6 then 'environment' else 'total' end as kind,
      coalesce(e.owner_id::text, e.blueprint_name, e.id::text, '') as key,
      coalesce(case grouping(e.owner_id, e.blueprint_name, e.id) when 3 then max(p.name) when 5 then e.blueprint_name
        when 6 then max('env-' || e.number || ' ' || e.name) end, '') as label,
      coalesce(sum(spent.cost), 0) as cost, count(*)::int as environments
    from spent join environments e on e.id = spent.environment_id left join people p on p.id = e.owner_id
    group by grouping sets ((e.owner_id), (e.blueprint_name), (e.id), ())
    order by 4 desc`);
  const of = (wanted: Row["kind"]) =>
    rows
      .filter(({ kind }) => kind === wanted)
      .slice(0, mostRows)
      .map(({ kind: _kind, cost, ...row }) => ({ ...row, cost: Number(cost) }));
  const total = of("total")[0]?.cost ?? 0;
  return { total, owner: of("owner"), blueprint: of("blueprint"), environment: of("environment") };
}

/** A space's cost for each day of a period, in the given time zone, adding up to the whole; days without cost included. */
export async function costByDay(
  ctx: Pick<Context, "db">,
  scope: { spaceId: string; from: Date; to: Date; timeZone: string },
): Promise<{ day: string; cost: number }[]> {
  const { spaceId, timeZone } = scope;
  const [from, to] = [scope.from.toISOString(), scope.to.toISOString()];
  const dayOf = (at: ReturnType<typeof sql>) => sql`date_trunc('day', ${at} at time zone ${timeZone})`;
  const rows = await ctx.db.execute<{ day: string; cost: string }>(sql`
    with spans as materialized (
      select rate, greatest(began, ${from}::timestamptz) as began, least(ended, ${to}::timestamptz) as ended
      from (
        select t.hourly_cost as rate, t.at as began,
          coalesce(lead(t.at) over (partition by t.environment_id order by t.at, t.id), ${to}::timestamptz) as ended
        from ${environmentTransitions} t where t.space_id = ${spaceId}) timeline
      where rate > 0 and ended > ${from}::timestamptz and began < ${to}::timestamptz),
    spent as (
      select d as day, sum(rate * greatest(0, extract(epoch from
        least(ended, (d + interval '1 day') at time zone ${timeZone}) - greatest(began, d at time zone ${timeZone}))) / 3600) as cost
      from spans, generate_series(${dayOf(sql`began`)}, ${dayOf(sql`ended`)}, interval '1 day') d
      group by d)
    select to_char(d, 'YYYY-MM-DD') as day, coalesce(spent.cost, 0) as cost
    from generate_series(${dayOf(sql`${from}::timestamptz`)}, ${dayOf(sql`(${to}::timestamptz - interval '1 millisecond')`)}, interval '1 day') d
    left join spent on spent.day = d order by d`);
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
