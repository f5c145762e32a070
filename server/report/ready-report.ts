import { sql } from "drizzle-orm";
import { environments, environmentTransitions } from "#db/schema/environment.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { checkPeriod, type ReportPeriod } from "./report-period.ts";

/** Seconds from asking to ready, and where they went; `n` environments, medians (and the 95th percentile of the whole). */
export type ReadyRow = {
  blueprint: string;
  n: number;
  p50: number;
  p95: number;
  approval: number;
  queue: number;
  provisioning: number;
};

const seconds = (later: ReturnType<typeof sql>, earlier: ReturnType<typeof sql>) =>
  sql`extract(epoch from (${later} - ${earlier}))`;
const median = (value: ReturnType<typeof sql>) => sql`percentile_cont(0.5) within group (order by ${value})`;

/** How long environments of each blueprint took from ask to ready: waiting for people, in the queue, provisioning. */
export async function reportTimeToReady(ctx: Context, input: ReportPeriod): Promise<ReadyRow[]> {
  requirePermission(ctx.actor, "report.read", input.spaceId);
  checkPeriod(input);
  const first = (event: string) => sql`min(t.at) filter (where t.event = ${event})`;
  const rows = await ctx.db.execute<Record<keyof ReadyRow, string>>(sql`
    with ready as (
      select e.blueprint_name as blueprint, e.created_at as asked, e.active_at as ready, ${first("approve")} as approved, ${first("start")} as started
      from ${environments} e join ${environmentTransitions} t on t.environment_id = e.id
      where e.space_id = ${input.spaceId} and e.active_at is not null
        and e.created_at >= ${input.from.toISOString()}::timestamptz and e.created_at < ${input.to.toISOString()}::timestamptz
      group by e.id)
    select blueprint, count(*) as n,
      ${median(seconds(sql`ready`, sql`asked`))} as p50,
      percentile_cont(0.95) within group (order by ${seconds(sql`ready`, sql`asked`)}) as p95,
      ${median(seconds(sql`coalesce(approved, asked)`, sql`asked`))} as approval,
      ${median(seconds(sql`coalesce(started, ready)`, sql`coalesce(approved, asked)`))} as queue,
      ${median(seconds(sql`ready`, sql`coalesce(started, ready)`))} as provisioning
    from ready group by blueprint order by count(*) desc, blueprint limit 100`);
  return rows.rows.map(({ blueprint, n, p50, p95, approval, queue, provisioning }) => ({
    blueprint,
    n: Number(n),
    p50: Number(p50),
    p95: Number(p95),
    approval: Number(approval),
    queue: Number(queue),
    provisioning: Number(provisioning),
  }));
}
