import { or, sql } from "drizzle-orm";
import { people } from "#db/schema/person.ts";
import type { Context } from "#server/context.ts";

const systemIds = ["worker", "schedule", "command", "release", "sign-in"].map((name) => `system:${name}`);
const aliases: Record<string, string> = { scheduler: "system:schedule", system: "system:" };
const MOST_ACTORS = 500;

/** Ids of everybody a word may mean: oneself, Gantry's own parts, people by id, e-mail or the beginning of a name. */
export async function findActorIds(ctx: Context, value: string): Promise<string[]> {
  const word = value.toLowerCase().replace(/\*$/, "");
  if (word === "me") return [ctx.actor.id];
  const alias = aliases[word] ?? word;
  const systems = systemIds.filter((id) => id.startsWith(alias) || id.startsWith(`system:${alias}`));
  const begin = `${word.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`;
  const rows = await ctx.db
    .select({ id: people.id })
    .from(people)
    .where(
      or(
        sql`${people.id}::text = ${word}`,
        sql`lower(${people.email}) like ${begin}`,
        sql`lower(${people.name}) like ${begin}`,
        sql`lower(${people.name}) like ${`% ${begin}`}`,
      ),
    )
    .limit(MOST_ACTORS);
  return [...systems, ...rows.map((row) => row.id)];
}
