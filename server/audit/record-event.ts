import { eq, sql } from "drizzle-orm";
import { auditEvents, auditHead } from "#db/schema/audit.ts";
import { type ActorRecord, type Channel, recordActor } from "#server/actor.ts";
import { canonicalJson } from "#server/canonical-json.ts";
import type { Context } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import type { AuditEvent, Json } from "./audit-event.ts";
import { chainHash, digestRecord } from "./chain.ts";
import { keepable } from "./keepable.ts";
import { searchVector } from "./search-words.ts";

/** An event with who did it and how it came in, fit to be written. */
export type PendingEvent = {
  event: AuditEvent;
  actor: ActorRecord;
  via: Channel;
  requestId: string;
  address: string | undefined;
};

/** A statement has 65,535 parameters at most. */
const ROWS_PER_INSERT = 2000;

/** Ids are indexed, and an index has bounds; a name is for reading. */
const LONGEST_ID = 200;
const LONGEST_NAME = 500;

const pendingEvents = new WeakMap<object, PendingEvent[]>();

/**
 * Writes what happened down, in the same transaction as the happening itself. The chain's head is shared by all, so the
 * events of a transaction are appended together as its last act: nobody waits for a lock while holding the head.
 */
export async function recordEvent(ctx: Context, event: AuditEvent): Promise<void> {
  const { beforeCommit } = ctx;
  if (!ctx.inTransaction || !beforeCommit) throw new Error("recordEvent must be called inside inTransaction.");
  let pending = pendingEvents.get(beforeCommit);
  if (!pending) {
    const events: PendingEvent[] = [];
    pending = events;
    pendingEvents.set(beforeCommit, events);
    beforeCommit.push(() => appendEvents(ctx, events));
  }
  const { via, requestId, address } = ctx;
  pending.push({ event: withinBounds(event), actor: recordActor(ctx.actor), via, requestId, address });
}

/** The event as the trail can keep it. */
export function withinBounds(event: AuditEvent): AuditEvent {
  const { type, id, name } = event.object;
  const object = { type: type.slice(0, 64), id: id.slice(0, LONGEST_ID), name: name.slice(0, LONGEST_NAME) };
  return keepable({ ...event, object }) as AuditEvent;
}

/** What an event's digest is taken over. */
function recordOf(seq: number, at: Date, pending: PendingEvent): string {
  const { event, actor, via, requestId, address } = pending;
  const record: Json = {
    v: 1,
    seq,
    ts: at.toISOString(),
    actor: { id: actor.id, kind: actor.kind, name: actor.name, on_behalf_of: actor.onBehalfOf },
    via,
    request_id: requestId,
    ip: address,
    space: event.spaceId,
    action: event.action,
    object: event.object,
    outcome: event.outcome ?? "success",
    data: event.data,
  };
  return canonicalJson(record);
}

/** The event as the row that follows `head`; its number and hash are the next head. */
export function chainedRow(head: { seq: number; hash: string }, at: Date, pending: PendingEvent) {
  const seq = head.seq + 1;
  const record = recordOf(seq, at, pending);
  const hash = chainHash(head.hash, digestRecord(record));
  return { ...columnsOf(pending), seq, at, record, hash, previousHash: head.hash };
}

async function appendEvents(ctx: Context, events: PendingEvent[]): Promise<void> {
  const [found] = await ctx.db.select().from(auditHead).where(eq(auditHead.id, 1)).for("update");
  if (!found) throw new Error("The audit trail has no head: the migrations have not run.");
  const at = ctx.clock.now();
  let head: { seq: number; hash: string } = found;
  const rows = events.map((pending) => {
    const row = chainedRow(head, at, pending);
    head = row;
    return { ...row, search: sql`${row.search}::tsvector` };
  });
  crashpoint("audit.before-append");
  for (let i = 0; i < rows.length; i += ROWS_PER_INSERT)
    await ctx.db.insert(auditEvents).values(rows.slice(i, i + ROWS_PER_INSERT));
  const { seq, hash } = head;
  await ctx.db.update(auditHead).set({ seq, hash }).where(eq(auditHead.id, 1));
  crashpoint("audit.after-append");
}

function columnsOf({ event, actor, via, requestId, address }: PendingEvent) {
  return {
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    actor,
    via,
    address: address ?? null,
    spaceId: event.spaceId,
    requestId,
    action: event.action,
    objectType: event.object.type,
    objectId: event.object.id,
    objectName: event.object.name,
    outcome: event.outcome ?? "success",
    data: event.data as Record<string, unknown>,
    search: searchVector({ event, actor, via, address }),
  };
}
