import { eq, inArray } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { memberships, people } from "#db/schema/person.ts";
import type { Role } from "#server/actor.ts";
import { drawFrom, drawId, oneOf } from "./draw.ts";

const firstNames = [
  "Ada",
  "Bela",
  "Chidi",
  "Dimitra",
  "Emeka",
  "Farah",
  "Goran",
  "Hana",
  "Ines",
  "Jonas",
  "Kaito",
  "Lina",
];
const lastNames = ["Abel", "Brandt", "Costa", "Diallo", "Eriksen", "Fontaine", "Gupta", "Horvat", "Ivanova", "Jensen"];

/** Colleagues of the demo accounts, each with a role in the space. */
export async function seedPeople(db: NodePgDatabase, spaceId: string, count: number): Promise<void> {
  const draw = drawFrom(2);
  const createdAt = new Date("2025-01-06T08:00:00Z");
  const rows = Array.from({ length: count }, (_, index) => ({
    id: drawId(draw),
    name: `${oneOf(firstNames, draw)} ${oneOf(lastNames, draw)}`,
    email: `colleague-${index + 1}@bench.gantry.example`,
    createdAt,
  }));
  await db.insert(people).values(rows);
  const roleOf = (index: number): Role => (index % 12 === 0 ? "approver" : "member");
  await db
    .insert(memberships)
    .values(rows.map(({ id }, index) => ({ spaceId, personId: id, role: roleOf(index), createdAt })));
}

export type SeededPerson = { id: string; name: string };

/** Everybody with a role in the space. */
export async function readMembers(db: NodePgDatabase, spaceId: string): Promise<SeededPerson[]> {
  const inSpace = db.select({ id: memberships.personId }).from(memberships).where(eq(memberships.spaceId, spaceId));
  return db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(inArray(people.id, inSpace))
    .orderBy(people.email);
}
