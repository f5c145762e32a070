import { and, desc, eq, gt, lte, type SQL, sql } from "drizzle-orm";
import { auditEvents, auditHead } from "#db/schema/audit.ts";
import type { Context } from "#server/context.ts";
import type { AuditFilter } from "./audit-filter.ts";

/** How long a search may take beyond the newest events. What is not found by then is looked for by the next page. */
const BUDGET_MS = 200;
/** The newest events are simply read; older ones are found by the index, a near stretch before all the rest. */
const READ_EVENTS = 10_000;
const NEAR_EVENTS = 200_000;

/** Numbers of matches, newest first, and the number down to which all matches were looked at (0: the very first). */
export type Found = { seqs: number[]; searchedTo: number };

type Wanted = {
  filter: AuditFilter;
  before?: number | undefined;
  after?: number;
  limit: number;
  /** With so many of the newest found, older stretches are left alone; by default only `limit` ends the search. */
  enough?: number;
  budgetMs?: number;
};

/**
 * Finds the newest matches in bounded time, however many events there are and wherever the matches lie. The planner
 * believes matches to be spread evenly and may walk through a million rows to find the few at the far end; so the search
 * goes stretch by stretch, by the index behind the first, and stops when the budget is spent.
 */
export async function searchNewest(
  ctx: Context,
  { filter, before, after = 0, limit, enough = limit, budgetMs = BUDGET_MS }: Wanted,
): Promise<Found> {
  const [head] = await ctx.db.select().from(auditHead).where(eq(auditHead.id, 1));
  const top = Math.min(head?.seq ?? 0, filter.newest ?? Infinity, (before ?? Infinity) - 1);
  const deadline = performance.now() + budgetMs;
  const found: Found = { seqs: [], searchedTo: top };
  for (const size of [READ_EVENTS, NEAR_EVENTS, Infinity]) {
    const from = Math.max(after, found.searchedTo - size);
    const left = Math.floor(deadline - performance.now());
    if (found.searchedTo <= after || found.seqs.length >= enough) break;
    if (size !== READ_EVENTS && left <= 0) break;
    const seqs = await searchStretch(ctx, filter, {
      from,
      to: found.searchedTo,
      limit: limit - found.seqs.length,
      // The first stretch is bounded by its size and always ends, so that each page gets somewhere.
      milliseconds: size === READ_EVENTS ? 0 : left,
      byIndex: size !== READ_EVENTS && filter.indexed !== null,
    });
    if (seqs === null) break;
    found.seqs.push(...seqs);
    found.searchedTo = found.seqs.length >= limit ? (found.seqs.at(-1) ?? from) - 1 : from;
  }
  return found;
}

type Stretch = { from: number; to: number; limit: number; milliseconds: number; byIndex: boolean };

/** Matches with numbers above `from` up to `to`; null when the time ran out. */
async function searchStretch(ctx: Context, filter: AuditFilter, stretch: Stretch): Promise<number[] | null> {
  const { from, to, limit, milliseconds, byIndex } = stretch;
  const inStretch = and(gt(auditEvents.seq, from), lte(auditEvents.seq, to));
  const indexed: SQL | undefined = byIndex ? sql`${auditEvents.search} @@ ${filter.indexed}::tsquery` : undefined;
  try {
    return await ctx.db.transaction(async (tx) => {
      const plan = byIndex ? sql`, set_config('enable_indexscan', 'off', true)` : sql``;
      await tx.execute(
        sql`select set_config('statement_timeout', ${String(milliseconds)}, true), set_config('jit', 'off', true)${plan}`,
      );
      const rows = await tx
        .select({ seq: auditEvents.seq })
        .from(auditEvents)
        .where(and(inStretch, indexed, filter.condition))
        .orderBy(desc(auditEvents.seq))
        .limit(limit);
      return rows.map((row) => row.seq);
    });
  } catch (error) {
    if (isTimeout(error)) return null;
    throw error;
  }
}

function isTimeout(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ("code" in cause && cause.code === "57014") return true;
  return false;
}
