import { sql } from "drizzle-orm";
import { environments, type LaunchOutcome, launchOutcome, launchOutcomes } from "#db/schema/environment.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { checkPeriod, type ReportPeriod } from "./report-period.ts";

export type LaunchDay = { day: string } & Record<LaunchOutcome, number>;

/** Launches of a space by day and outcome, in the space's time zone; days without any included. */
export async function reportLaunches(
  ctx: Context,
  input: ReportPeriod & { timeZone: string },
): Promise<{ days: LaunchDay[]; totals: Record<LaunchOutcome, number> }> {
  requirePermission(ctx.actor, "report.read", input.spaceId);
  checkPeriod(input);
  const { spaceId, timeZone } = input;
  const [from, to] = [input.from.toISOString(), input.to.toISOString()];
  const rows = await ctx.db.execute<{ day: string; outcome: LaunchOutcome | null; n: number }>(sql`
    with days as (
      select to_char(d, 'YYYY-MM-DD') as day
      from generate_series(date_trunc('day', ${from}::timestamptz at time zone ${timeZone}), date_trunc('day', (${to}::timestamptz - interval '1 millisecond') at time zone ${timeZone}), interval '1 day') d),
    launches as (
      select to_char(${environments.createdAt} at time zone ${timeZone}, 'YYYY-MM-DD') as day, ${launchOutcome} as outcome, count(*)::int as n
      from ${environments}
      where ${environments.spaceId} = ${spaceId} and ${environments.createdAt} >= ${from}::timestamptz and ${environments.createdAt} < ${to}::timestamptz
      group by 1, 2)
    select days.day, launches.outcome, coalesce(launches.n, 0) as n from days left join launches using (day) order by days.day`);
  const none = () => Object.fromEntries(launchOutcomes.map((name) => [name, 0])) as Record<LaunchOutcome, number>;
  const totals = none();
  const byDay = new Map<string, LaunchDay>();
  for (const row of rows.rows) {
    const day = byDay.get(row.day) ?? { day: row.day, ...none() };
    if (row.outcome) {
      day[row.outcome] += row.n;
      totals[row.outcome] += row.n;
    }
    byDay.set(row.day, day);
  }
  return { days: [...byDay.values()], totals };
}
