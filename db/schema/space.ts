import { sql } from "drizzle-orm";
import { boolean, jsonb, numeric, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

export const spaces = pgTable(
  "spaces",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    timeZone: text("time_zone").notNull().default("UTC"),
    /** Monthly budget in `currency`; null is no budget. */
    monthlyBudget: numeric("monthly_budget"),
    currency: text("currency").notNull().default("USD"),
    /** Tags put on everything this space launches, e.g. cost-center. */
    tags: jsonb("tags").$type<Record<string, string>>().notNull().default(sql`'{}'::jsonb`),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [uniqueIndex("spaces_slug").on(table.slug)],
);

/** Account-wide settings: demo on or off, set-up done, public audit key. */
export const settings = pgTable("settings", {
  key: text("key").primaryKey(),
  value: jsonb("value").$type<unknown>().notNull(),
  updatedAt: instant("updated_at").notNull(),
});

/** Secrets of a space (credentials, parameters), write-only from outside. */
export const secrets = pgTable(
  "secrets",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    spaceId: uuid("space_id").notNull(),
    name: text("name").notNull(),
    kind: text("kind").notNull(),
    /** AES-256-GCM envelope, bound to this row; see server/secret. */
    sealed: text("sealed").notNull(),
    /** What may be shown of it: endpoint, account, region; never a secret part. */
    publicPart: jsonb("public_part").$type<Record<string, string>>().notNull().default(sql`'{}'::jsonb`),
    /** Cloud connections only: new launches for this cloud run with it. At most one of a kind in a space. */
    servesLaunches: boolean("serves_launches").notNull().default(false),
    createdById: uuid("created_by_id").notNull(),
    createdAt: instant("created_at").notNull(),
    /** Who replaced it last; null when nobody did. */
    updatedById: uuid("updated_by_id"),
    updatedAt: instant("updated_at").notNull(),
    /** When a step last got it, and the environment it was for, e.g. `env-77`. */
    lastUsedAt: instant("last_used_at"),
    lastUsedFor: text("last_used_for"),
  },
  (table) => [uniqueIndex("secrets_space_name").on(table.spaceId, table.name)],
);

/** Answers given under an idempotency key, kept so that a repeat gets the same answer. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    actorId: text("actor_id").notNull(),
    key: text("key").notNull(),
    bodyHash: text("body_hash").notNull(),
    answer: jsonb("answer").$type<unknown>(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.actorId, table.key] })],
);
