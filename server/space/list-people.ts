import { asc } from "drizzle-orm";
import { people } from "#db/schema/person.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { type PersonView, personColumns } from "./person.ts";

/** Everybody in the account, for its admins. */
export async function listPeople(ctx: Context): Promise<PersonView[]> {
  requirePermission(ctx.actor, "account.admin", null);
  return ctx.db.select(personColumns).from(people).orderBy(asc(people.name), asc(people.id)).limit(10_000);
}
