import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { memberships } from "#db/schema/person.ts";
import { roles as allRoles, type Role } from "#server/actor.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import type { Context } from "#server/context.ts";
import { objectOf, type PersonRow } from "./person.ts";

/** Roles somebody holds in a space, in the order of the product's list. */
export async function rolesIn(db: Db, spaceId: string, personId: string): Promise<Role[]> {
  const rows = await db
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.spaceId, spaceId), eq(memberships.personId, personId)));
  return inOrder(rows.map((row) => row.role));
}

export function inOrder(held: readonly Role[]): Role[] {
  return allRoles.filter((role) => held.includes(role));
}

/**
 * Makes `roles` what the person holds in the space, and records the change; no trace when nothing changes.
 * Call inside a transaction; permission is the caller's matter.
 */
export async function writeRoles(
  tx: Context,
  change: {
    spaceId: string;
    person: Pick<PersonRow, "id" | "name" | "email">;
    roles: readonly Role[];
    source?: string;
  },
): Promise<Role[]> {
  const { spaceId, person, source } = change;
  const before = await rolesIn(tx.db, spaceId, person.id);
  const after = inOrder(change.roles);
  const gone = before.filter((role) => !after.includes(role));
  const added = after.filter((role) => !before.includes(role));
  if (gone.length === 0 && added.length === 0) return after;
  if (gone.length > 0)
    await tx.db
      .delete(memberships)
      .where(
        and(eq(memberships.spaceId, spaceId), eq(memberships.personId, person.id), inArray(memberships.role, gone)),
      );
  if (added.length > 0)
    await tx.db
      .insert(memberships)
      .values(added.map((role) => ({ spaceId, personId: person.id, role, createdAt: tx.clock.now() })))
      .onConflictDoNothing();
  await recordEvent(tx, {
    action: "membership.changed",
    spaceId,
    object: objectOf(person),
    data: { person: person.email, before, after, ...(source ? { source } : {}) },
  });
  return after;
}
