import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { ActorRecord } from "#server/actor.ts";
import { instant } from "./columns.ts";

export const approvalStates = ["open", "approved", "rejected", "expired", "superseded", "withdrawn"] as const;
export type ApprovalState = (typeof approvalStates)[number];

/** A decision waiting for people, bound to one plan hash. */
export const approvalRequests = pgTable(
  "approval_requests",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    spaceId: uuid("space_id").notNull(),
    environmentId: uuid("environment_id").notNull(),
    decisionId: uuid("decision_id").notNull(),
    action: text("action", { enum: ["launch", "extend", "plan", "update", "terminate"] }).notNull(),
    /** What the approval unlocks, e.g. `{ endsAt }` for an extension. */
    payload: jsonb("payload").$type<Record<string, unknown>>().notNull().default(sql`'{}'::jsonb`),
    planHash: text("plan_hash").notNull(),
    state: text("state", { enum: approvalStates }).notNull().default("open"),
    stateReason: text("state_reason").notNull().default(""),
    reason: text("reason").notNull(),
    requiredApprovals: integer("required_approvals").notNull(),
    requestedBy: jsonb("requested_by").$type<ActorRecord>().notNull(),
    /** Ids of people barred from voting: requester, on-behalf-of, co-editors. */
    barredIds: text("barred_ids").array().notNull(),
    supersededById: uuid("superseded_by_id"),
    expiresAt: instant("expires_at").notNull(),
    createdAt: instant("created_at").notNull(),
    settledAt: instant("settled_at"),
  },
  (table) => [
    index("approval_requests_space").on(table.spaceId, table.state, table.expiresAt),
    index("approval_requests_environment").on(table.environmentId, table.createdAt),
    uniqueIndex("approval_requests_one_open").on(table.environmentId, table.action).where(sql`state = 'open'`),
  ],
);

export const approvalVotes = pgTable(
  "approval_votes",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    requestId: uuid("request_id").notNull(),
    personId: uuid("person_id").notNull(),
    voter: jsonb("voter").$type<ActorRecord>().notNull(),
    vote: text("vote", { enum: ["approve", "reject"] }).notNull(),
    reason: text("reason").notNull().default(""),
    planHash: text("plan_hash").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [uniqueIndex("approval_votes_once").on(table.requestId, table.personId)],
);
