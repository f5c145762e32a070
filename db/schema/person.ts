import { sql } from "drizzle-orm";
import { boolean, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { Role } from "#server/actor.ts";
import { instant } from "./columns.ts";

/** People and automations that can act. An automation acts for `onBehalfOfId`, or for itself. */
export const people = pgTable(
  "people",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    kind: text("kind", { enum: ["person", "automation"] })
      .notNull()
      .default("person"),
    email: text("email").notNull(),
    name: text("name").notNull(),
    passwordHash: text("password_hash"),
    /** `issuer|subject` of the single sign-on account that is bound to this person. */
    oidcSubject: text("oidc_subject"),
    groups: text("groups").array().notNull().default(sql`'{}'`),
    accountAdmin: boolean("account_admin").notNull().default(false),
    demo: boolean("demo").notNull().default(false),
    onBehalfOfId: uuid("on_behalf_of_id"),
    timeZone: text("time_zone").notNull().default("UTC"),
    sessionVersion: integer("session_version").notNull().default(1),
    disabledAt: instant("disabled_at"),
    lastSignInAt: instant("last_sign_in_at"),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("people_email").on(sql`lower(${table.email})`),
    uniqueIndex("people_oidc_subject").on(table.oidcSubject),
  ],
);

/** Which roles somebody holds in which space; one row a role. */
export const memberships = pgTable(
  "memberships",
  {
    spaceId: uuid("space_id").notNull(),
    personId: uuid("person_id").notNull(),
    role: text("role").$type<Role>().notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.spaceId, table.role] })],
);

/** Sessions that were signed out before they ran out; kept until they would have. */
export const endedSessions = pgTable("ended_sessions", {
  sessionId: text("session_id").primaryKey(),
  personId: uuid("person_id").notNull(),
  expiresAt: instant("expires_at").notNull(),
});

/** Sign-in attempts per address and e-mail, counted in windows. */
export const signInAttempts = pgTable(
  "sign_in_attempts",
  { key: text("key").notNull(), windowStart: instant("window_start").notNull(), count: integer("count").notNull() },
  (table) => [primaryKey({ columns: [table.key, table.windowStart] })],
);
