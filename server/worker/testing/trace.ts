import { sql } from "drizzle-orm";
import type { Context } from "#server/context.ts";

/** How often each kind of record is there. */
export type Trace = Record<string, number>;

const kinds = sql`
  select 'event ' || action as kind from audit_events
  union all select 'environment ' || state from environments
  union all select 'transition ' || event || ' to ' || to_state from environment_transitions
  union all select 'job ' || kind || ' ' || state from jobs
  union all select 'run ' || kind || ' ' || state from runs
  union all select 'cancel asked' from runs where cancel_requested_at is not null
  union all select 'approval ' || action || ' ' || state from approval_requests
  union all select 'vote ' || vote from approval_votes
  union all select 'decision ' || action || ' ' || word from decisions
  union all select 'draft ' || state from drafts
  union all select 'idempotency key' from idempotency_keys
  union all select 'end ' || ends_at::text || ' of ' || id::text from environments where state = 'active'`;

/** Counts everything a request may leave behind: state, audit events, jobs, runs, approvals, decisions, drafts, keys. */
export async function readTrace({ db }: Pick<Context, "db">): Promise<Trace> {
  const { rows } = await db.execute(sql`select kind, count(*)::int as n from (${kinds}) k group by kind`);
  return Object.fromEntries((rows as { kind: string; n: number }[]).map(({ kind, n }) => [kind, n]));
}

/** What came and went between two looks; ends and ids are told apart from their values. */
export function difference(before: Trace, after: Trace): Trace {
  const changed: Trace = {};
  for (const kind of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const change = (after[kind] ?? 0) - (before[kind] ?? 0);
    if (change === 0) continue;
    const plain = kind.startsWith("end ") ? `${change > 0 ? "new" : "old"} end` : kind;
    changed[plain] = (changed[plain] ?? 0) + change;
  }
  return changed;
}
