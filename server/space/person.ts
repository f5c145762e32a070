import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "#db/client.ts";
import { people } from "#db/schema/person.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";

export type PersonRow = typeof people.$inferSelect;

/** E-mail addresses are kept and compared in lower case. */
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email("This is not an e-mail address."));
export const PersonName = z.string().trim().min(1, "Give a name.").max(120);
export const TimeZone = z.string().refine(isTimeZone, "This is not a time zone, such as Europe/Berlin or UTC.");

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What others may see of a person. */
export type PersonView = Pick<
  PersonRow,
  "id" | "kind" | "email" | "name" | "accountAdmin" | "demo" | "disabledAt" | "lastSignInAt" | "onBehalfOfId"
>;

export const personColumns = {
  id: people.id,
  kind: people.kind,
  email: people.email,
  name: people.name,
  accountAdmin: people.accountAdmin,
  demo: people.demo,
  disabledAt: people.disabledAt,
  lastSignInAt: people.lastSignInAt,
  onBehalfOfId: people.onBehalfOfId,
} as const;

export async function findPersonByEmail(db: Db, email: string): Promise<PersonRow | null> {
  const [row] = await db
    .select()
    .from(people)
    .where(eq(sql`lower(${people.email})`, email.toLowerCase()));
  return row ?? null;
}

export async function findPersonById(db: Db, personId: string): Promise<PersonRow> {
  const [row] = await db.select().from(people).where(eq(people.id, personId));
  if (!row) throw new Problem("not_found", "There is no such person.");
  return row;
}

export type NewPerson = Pick<PersonRow, "email" | "name"> & Partial<Omit<PersonRow, "createdAt">>;

/** Adds somebody and records it. Call inside a transaction; permission is the caller's matter. */
export async function insertPerson(tx: Context, person: NewPerson): Promise<PersonRow> {
  const [row] = await tx.db
    .insert(people)
    .values({ ...person, createdAt: tx.clock.now() })
    .onConflictDoNothing()
    .returning();
  if (!row)
    throw new Problem("conflict", `Somebody with the e-mail ${person.email} is already here.`, {
      place: { path: "email" },
      remedy: "Use the existing account, or another address.",
    });
  await recordEvent(tx, {
    action: "person.created",
    spaceId: null,
    object: objectOf(row),
    data: {
      email: row.email,
      kind: row.kind,
      ...(row.demo ? { demo: true } : {}),
      ...(row.onBehalfOfId ? { onBehalfOf: row.onBehalfOfId } : {}),
    },
  });
  return row;
}

/** A person as the object of an audit event. */
export function objectOf(person: Pick<PersonRow, "id" | "name">) {
  return { type: "person", id: person.id, name: person.name };
}

/** The row without what stays inside: password hash, session version, subject. */
export function viewOf(person: PersonRow): PersonView {
  const { id, kind, email, name, accountAdmin, demo, disabledAt, lastSignInAt, onBehalfOfId } = person;
  return { id, kind, email, name, accountAdmin, demo, disabledAt, lastSignInAt, onBehalfOfId };
}
