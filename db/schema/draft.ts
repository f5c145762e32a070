import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

export const draftStates = ["open", "submitted", "discarded"] as const;

/** What somebody wants to launch, not yet asked for. Form and prompt edit the same row. */
export const drafts = pgTable(
  "drafts",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    spaceId: uuid("space_id").notNull(),
    ownerId: uuid("owner_id").notNull(),
    state: text("state", { enum: draftStates }).notNull().default("open"),
    blueprintName: text("blueprint_name"),
    revisionId: uuid("revision_id"),
    name: text("name").notNull().default(""),
    inputs: jsonb("inputs").$type<Record<string, string>>().notNull().default(sql`'{}'::jsonb`),
    /** Sensitive inputs, sealed together; never leaves the server again. */
    sealedInputs: text("sealed_inputs"),
    durationMinutes: integer("duration_minutes"),
    prompt: text("prompt").notNull().default(""),
    /** Field name (`blueprint`, `name`, `duration`, `inputs.<name>`) to its `Evidence` (server/decision/draft.ts). */
    evidence: jsonb("evidence").$type<Record<string, unknown>>().notNull().default(sql`'{}'::jsonb`),
    questions: jsonb("questions").$type<unknown[]>().notNull().default(sql`'[]'::jsonb`),
    /** The assistant's bounded attempts, oldest first. */
    attempts: jsonb("attempts").$type<unknown[]>().notNull().default(sql`'[]'::jsonb`),
    environmentId: uuid("environment_id"),
    /** Counts edits; a writer names the version it saw. */
    version: integer("version").notNull().default(1),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [index("drafts_owner").on(table.ownerId, table.state, table.updatedAt)],
);

/** Sentences given to the assistant, counted per person and window. */
export const assistantUses = pgTable(
  "assistant_uses",
  {
    actorId: uuid("actor_id").notNull(),
    window: text("window", { enum: ["minute", "day"] }).notNull(),
    windowStart: instant("window_start").notNull(),
    count: integer("count").notNull(),
  },
  (table) => [primaryKey({ columns: [table.actorId, table.window, table.windowStart] })],
);
