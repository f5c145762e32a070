import { index, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import type { ActorRecord } from "#server/actor.ts";
import { instant } from "./columns.ts";

export const revisionStates = ["draft", "in_review", "reviewed", "rejected"] as const;
export type RevisionState = (typeof revisionStates)[number];

/**
 * One immutable version of a blueprint: its YAML and all files of its folder, by digest.
 * `source` and `files` never change after insert; only the review does.
 */
export const blueprintRevisions = pgTable(
  "blueprint_revisions",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    /** The space whose designers wrote it; null: it came with a release and every space may see it. */
    spaceId: uuid("space_id"),
    blueprintName: text("blueprint_name").notNull(),
    /** sha256 over all files, hex. */
    digest: text("digest").notNull(),
    source: text("source").notNull(),
    /** Path inside the blueprint's folder to text content, blueprint.yaml included. */
    files: jsonb("files").$type<Record<string, string>>().notNull(),
    /** What parsing gave: `Blueprint` of server/blueprint. */
    document: jsonb("document").$type<unknown>().notNull(),
    state: text("state", { enum: revisionStates }).notNull(),
    author: jsonb("author").$type<ActorRecord>().notNull(),
    reviewer: jsonb("reviewer").$type<ActorRecord>(),
    reviewNote: text("review_note"),
    createdAt: instant("created_at").notNull(),
    reviewedAt: instant("reviewed_at"),
  },
  (table) => [
    unique("blueprint_revisions_digest").on(table.blueprintName, table.digest, table.spaceId).nullsNotDistinct(),
    index("blueprint_revisions_name").on(table.blueprintName, table.createdAt),
  ],
);

/** What a space offers: one revision per blueprint name. */
export const catalogEntries = pgTable(
  "catalog_entries",
  {
    spaceId: uuid("space_id").notNull(),
    blueprintName: text("blueprint_name").notNull(),
    revisionId: uuid("revision_id").notNull(),
    publishedBy: jsonb("published_by").$type<ActorRecord>().notNull(),
    publishedAt: instant("published_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.spaceId, table.blueprintName] })],
);

export const catalogStars = pgTable(
  "catalog_stars",
  {
    personId: uuid("person_id").notNull(),
    spaceId: uuid("space_id").notNull(),
    blueprintName: text("blueprint_name").notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.spaceId, table.blueprintName] })],
);
