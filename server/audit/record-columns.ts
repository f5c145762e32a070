import type { auditEvents } from "#db/schema/audit.ts";
import type { Json } from "./audit-event.ts";
import { canonicalJson } from "./canonical-json.ts";

type Row = typeof auditEvents.$inferSelect;

/** Whether the columns that pages and searches read say anything else than the record that is hashed. */
export function columnsDiffer(row: Row): boolean {
  const { id, kind, name } = row.actor;
  const isActor = id === row.actorId && kind === row.actorKind && name === row.actorName;
  return !isActor || recordText(row) !== row.record;
}

function recordText(row: Row): string {
  return canonicalJson({
    v: 1,
    seq: row.seq,
    ts: row.at.toISOString(),
    actor: { id: row.actorId, kind: row.actorKind, name: row.actorName, on_behalf_of: row.actor.onBehalfOf },
    via: row.via,
    request_id: row.requestId,
    ip: row.address ?? undefined,
    space: row.spaceId,
    action: row.action,
    object: { type: row.objectType, id: row.objectId, name: row.objectName },
    outcome: row.outcome,
    data: row.data as Json,
  });
}
