import { and, asc, gt, lte, type SQL, sql } from "drizzle-orm";
import { auditEvents } from "#db/schema/audit.ts";
import type { Context } from "#server/context.ts";

/** What an export covers: events by number, and which of them are shown. */
export type ExportRange = { from: number; to: number; condition: SQL; search: string };

const ROWS_PER_READ = 2000;

/** All events of the range in order, in pieces: a million are never in memory together. */
export async function* readChain(ctx: Context, { from, to, condition }: ExportRange) {
  const shown = sql<boolean>`(${condition}) is true`;
  const { seq, hash, record } = auditEvents;
  for (let after = from - 1; after < to; ) {
    const rows = await ctx.db
      .select({ seq, hash, record, shown })
      .from(auditEvents)
      .where(and(gt(seq, after), lte(seq, to)))
      .orderBy(asc(seq))
      .limit(ROWS_PER_READ);
    yield rows;
    if (rows.length < ROWS_PER_READ) return;
    after = rows.at(-1)?.seq ?? to;
  }
}

/** The shown events of the range in order, in pieces. */
export async function* readShown(ctx: Context, { from, to, condition }: ExportRange) {
  for (let after = from - 1; after < to; ) {
    const rows = await ctx.db
      .select()
      .from(auditEvents)
      .where(and(condition, gt(auditEvents.seq, after), lte(auditEvents.seq, to)))
      .orderBy(asc(auditEvents.seq))
      .limit(ROWS_PER_READ);
    yield rows;
    if (rows.length < ROWS_PER_READ) return;
    after = rows.at(-1)?.seq ?? to;
  }
}
