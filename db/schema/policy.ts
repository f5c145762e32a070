import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { ActorRecord } from "#server/actor.ts";
import { instant } from "./columns.ts";

/** A policy as a space uses it: on or off, and with which data (limits). */
export const policySettings = pgTable(
  "policy_settings",
  {
    spaceId: uuid("space_id").notNull(),
    policyName: text("policy_name").notNull(),
    enabled: boolean("enabled").notNull(),
    data: jsonb("data").$type<Record<string, unknown>>().notNull(),
    version: integer("version").notNull(),
    updatedBy: jsonb("updated_by").$type<ActorRecord>().notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.spaceId, table.policyName] })],
);

/** Every version a policy setting has had, the present one included. */
export const policySettingVersions = pgTable(
  "policy_setting_versions",
  {
    spaceId: uuid("space_id").notNull(),
    policyName: text("policy_name").notNull(),
    version: integer("version").notNull(),
    enabled: boolean("enabled").notNull(),
    data: jsonb("data").$type<Record<string, unknown>>().notNull(),
    reason: text("reason").notNull().default(""),
    updatedBy: jsonb("updated_by").$type<ActorRecord>().notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.spaceId, table.policyName, table.version] })],
);

/** Policy sources by digest: what a stored decision needs to be evaluated again. */
export const policySources = pgTable("policy_sources", {
  digest: text("digest").primaryKey(),
  policyName: text("policy_name").notNull(),
  packageName: text("package_name").notNull(),
  source: text("source").notNull(),
  createdAt: instant("created_at").notNull(),
});

/** All verdicts on one request folded into one word, with everything needed to evaluate it again. */
export const decisions = pgTable(
  "decisions",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    spaceId: uuid("space_id").notNull(),
    environmentId: uuid("environment_id"),
    draftId: uuid("draft_id"),
    action: text("action", { enum: ["launch", "extend", "update", "terminate", "plan"] }).notNull(),
    word: text("word", { enum: ["Approved", "Manual", "Denied"] }).notNull(),
    sentence: text("sentence").notNull(),
    requiredApprovals: integer("required_approvals").notNull().default(0),
    /** `Verdict[]` of server/policy. */
    verdicts: jsonb("verdicts").$type<unknown[]>().notNull(),
    /** The input document of each policy package, as evaluated. */
    inputs: jsonb("inputs").$type<Record<string, unknown>>().notNull(),
    /** Policy name to { digest, data, settingVersion }. */
    policies: jsonb("policies").$type<Record<string, unknown>>().notNull(),
    planHash: text("plan_hash"),
    /** What the plan hash is made of, by part, so that a change can be named. */
    planParts: jsonb("plan_parts").$type<Record<string, string>>(),
    engine: text("engine").notNull(),
    /** Milliseconds by phase. */
    timing: jsonb("timing").$type<Record<string, number>>().notNull(),
    actor: jsonb("actor").$type<ActorRecord>().notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    index("decisions_space").on(table.spaceId, table.createdAt),
    index("decisions_environment").on(table.environmentId, table.createdAt),
  ],
);
