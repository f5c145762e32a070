import { eq, getTableColumns, sql } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { auditEvents, auditHead } from "#db/schema/audit.ts";
import { systemActor } from "#server/actor.ts";
import { chainedRow, type PendingEvent, withinBounds } from "#server/audit/record-event.ts";
import { signCheckpoint } from "#server/audit/sign-checkpoint.ts";
import { MovedClock } from "#server/command/demo/moved-clock.ts";
import { createContext } from "#server/context.ts";

const EVENTS_PER_INSERT = 10_000;

type Wanted = { count: number; to: Date; events: Iterable<PendingEvent>; dataDir: string };

/**
 * Appends events to the trail until it has `count`, evenly spread from its last event to `to`: rows made by the function
 * that `recordEvent` makes them with, written many at a time, and the head signed after each lot.
 */
export async function seedEvents(db: NodePgDatabase, { count, to, events, dataDir }: Wanted): Promise<void> {
  const [found] = await db.select().from(auditHead).where(eq(auditHead.id, 1));
  if (!found) throw new Error("The audit trail has no head: the migrations have not run.");
  const [last] = await db.select({ at: auditEvents.at }).from(auditEvents).where(eq(auditEvents.seq, found.seq));
  const began = last?.at.getTime() ?? to.getTime();
  const step = (to.getTime() - began) / Math.max(1, count - found.seq);
  const clock = new MovedClock(new Date(began));
  const ctx = createContext({ db, clock, actor: systemActor("command"), via: "command" });
  const indexes = await dropIndexes(db);
  let head: { seq: number; hash: string } = found;
  let rows: object[] = [];
  let told = 0;
  for (const pending of events) {
    if (head.seq >= count) break;
    told += 1;
    clock.moveTo(new Date(began + told * step));
    const row = chainedRow(head, clock.now(), { ...pending, event: withinBounds(pending.event) });
    head = row;
    rows.push(asStored(row));
    if (rows.length < EVENTS_PER_INSERT && head.seq < count) continue;
    await insertRows(db, rows, head);
    rows = [];
    if ((await signCheckpoint(ctx, dataDir)) === null) throw new Error("The head of the trail was not signed.");
    const [now] = await db.select().from(auditHead).where(eq(auditHead.id, 1));
    head = now ?? head;
  }
  for (const definition of indexes) await db.execute(sql.raw(definition));
  await db.execute(sql`vacuum analyze`);
}

/** Many rows are indexed faster at once; signing needs the actions. Gives back the statements that make the indexes again. */
async function dropIndexes(db: NodePgDatabase): Promise<string[]> {
  const { rows } = await db.execute<{ name: string; definition: string }>(sql`
    select indexname as name, indexdef as definition from pg_indexes
    where schemaname = 'public' and tablename = 'audit_events' and indexname not in ('audit_events_pkey', 'audit_events_action')`);
  for (const { name } of rows) await db.execute(sql.raw(`drop index ${name}`));
  return rows.map(({ definition }) => definition);
}

async function insertRows(
  db: NodePgDatabase,
  rows: object[],
  { seq, hash }: { seq: number; hash: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`insert into audit_events
      select * from json_populate_recordset(null::audit_events, ${JSON.stringify(rows)}::json)`);
    await tx.update(auditHead).set({ seq, hash }).where(eq(auditHead.id, 1));
  });
}

const names = Object.entries(getTableColumns(auditEvents)).map(([key, { name }]) => [key, name] as const);

/** A row by the names of its columns. */
function asStored(row: Record<string, unknown>): object {
  return Object.fromEntries(names.map(([key, name]) => [name, row[key]]));
}
