import { sql } from "drizzle-orm";
import { bigint, customType, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { ActorRecord } from "#server/actor.ts";
import { instant } from "./columns.ts";

const searchVector = customType<{ data: string }>({ dataType: () => "tsvector" });

/** Append-only; triggers refuse UPDATE, DELETE and TRUNCATE. No foreign keys: it outlives what it speaks of. */
export const auditEvents = pgTable(
  "audit_events",
  {
    seq: bigint("seq", { mode: "number" }).primaryKey(),
    at: instant("at").notNull(),
    actorKind: text("actor_kind").notNull(),
    actorId: text("actor_id").notNull(),
    actorName: text("actor_name").notNull(),
    actor: jsonb("actor").$type<ActorRecord>().notNull(),
    via: text("via").notNull(),
    address: text("address"),
    spaceId: uuid("space_id"),
    requestId: text("request_id").notNull(),
    action: text("action").notNull(),
    objectType: text("object_type").notNull(),
    objectId: text("object_id").notNull(),
    objectName: text("object_name").notNull(),
    outcome: text("outcome", { enum: ["success", "denied", "failed"] }).notNull(),
    data: jsonb("data").$type<Record<string, unknown>>().notNull(),
    /** Canonical JSON; `hash` is taken over its digest and `previousHash` (server/audit/chain.ts). */
    record: text("record").notNull(),
    hash: text("hash").notNull(),
    previousHash: text("previous_hash").notNull(),
    /** Terms and words that searches find it by; made in `server/audit/search-words.ts`. */
    search: searchVector("search").notNull().default(sql`''::tsvector`),
  },
  (table) => [
    index("audit_events_space").on(table.spaceId, table.seq),
    index("audit_events_object").on(table.objectId, table.seq),
    // The timeline of an environment also has the events about its approvals and runs.
    index("audit_events_environment").on(sql`(${table.data} ->> 'environmentId')`, table.seq),
    index("audit_events_action").on(table.action, table.seq),
    index("audit_events_at").on(table.at, table.seq),
    index("audit_events_request").on(table.requestId),
    index("audit_events_search").using("gin", table.search),
  ],
);

/** The last event; its one row is locked while an event is written, which orders the chain. */
export const auditHead = pgTable("audit_head", {
  id: integer("id").primaryKey(),
  seq: bigint("seq", { mode: "number" }).notNull(),
  hash: text("hash").notNull(),
});

/** Signed heads of the chain. */
export const auditCheckpoints = pgTable("audit_checkpoints", {
  seq: bigint("seq", { mode: "number" }).primaryKey(),
  hash: text("hash").notNull(),
  keyId: text("key_id").notNull(),
  signature: text("signature").notNull(),
  note: text("note").notNull(),
  at: instant("at").notNull(),
});
