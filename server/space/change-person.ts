import { and, count, eq, isNull, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { people } from "#db/schema/person.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { findPersonById, objectOf, type PersonRow, type PersonView, viewOf } from "./person.ts";

export const DisablePersonInput = z.object({
  personId: z.uuid(),
  disabled: z.boolean(),
  reason: z.string().trim().max(500).optional(),
});

/** Shuts somebody out, at once and on every device, or lets him in again. Nothing of his is deleted. */
export async function setPersonDisabled(ctx: Context, input: z.input<typeof DisablePersonInput>): Promise<PersonView> {
  requirePermission(ctx.actor, "account.admin", null);
  const { personId, disabled, reason } = DisablePersonInput.parse(input);
  return inTransaction(ctx, async (tx) => {
    const person = await findPersonById(tx.db, personId);
    if ((person.disabledAt !== null) === disabled) return viewOf(person);
    if (disabled && person.accountAdmin) await checkLastAccountAdmin(tx, person);
    const changed = await writePerson(tx, personId, {
      disabledAt: disabled ? tx.clock.now() : null,
      sessionVersion: person.sessionVersion + 1,
    });
    await recordEvent(tx, {
      action: disabled ? "person.disabled" : "person.enabled",
      spaceId: null,
      object: objectOf(person),
      data: reason ? { reason } : {},
    });
    return viewOf(changed);
  });
}

export const SetAccountAdminInput = z.object({ personId: z.uuid(), accountAdmin: z.boolean() });

/** Makes somebody an account admin, or takes it back; the last one stays. */
export async function setAccountAdmin(ctx: Context, input: z.input<typeof SetAccountAdminInput>): Promise<PersonView> {
  requirePermission(ctx.actor, "account.admin", null);
  const { personId, accountAdmin } = SetAccountAdminInput.parse(input);
  return inTransaction(ctx, async (tx) => {
    const person = await findPersonById(tx.db, personId);
    if (person.accountAdmin === accountAdmin) return viewOf(person);
    if (person.kind === "automation") throw new Problem("bad_input", "An automation cannot be an account admin.");
    if (!accountAdmin) await checkLastAccountAdmin(tx, person);
    return viewOf(await changeAccountAdmin(tx, person, accountAdmin));
  });
}

/** The change itself, recorded; permission and rules are the caller's matter. */
export async function changeAccountAdmin(tx: Context, person: PersonRow, accountAdmin: boolean): Promise<PersonRow> {
  const changed = await writePerson(tx, person.id, { accountAdmin });
  await recordEvent(tx, {
    action: "person.changed",
    spaceId: null,
    object: objectOf(person),
    data: { changes: { accountAdmin: { before: person.accountAdmin, after: accountAdmin } } },
  });
  return changed;
}

export const EndSessionsInput = z.object({ personId: z.uuid() });

/** Signs somebody out everywhere, from the next request on: oneself, or anybody as an account admin. */
export async function endSessions(ctx: Context, input: z.input<typeof EndSessionsInput>): Promise<void> {
  if (ctx.actor.id !== input.personId) requirePermission(ctx.actor, "account.admin", null);
  return inTransaction(ctx, async (tx) => {
    const person = await findPersonById(tx.db, input.personId);
    await tx.db
      .update(people)
      .set({ sessionVersion: sql`${people.sessionVersion} + 1` })
      .where(eq(people.id, person.id));
    const object = objectOf(person);
    await recordEvent(tx, { action: "session.signed_out", spaceId: null, object, data: { everywhere: true } });
  });
}

/** Writes columns of a person; only this folder does. */
export async function writePerson(tx: Context, personId: string, set: Partial<PersonRow>): Promise<PersonRow> {
  const [row] = await tx.db.update(people).set(set).where(eq(people.id, personId)).returning();
  if (!row) throw new Problem("not_found", "There is no such person.");
  return row;
}

async function checkLastAccountAdmin(tx: Context, person: PersonRow): Promise<void> {
  const others = await countAccountAdmins(tx, person.id);
  if (others === 0)
    throw new Problem("conflict", `${person.name} is the last account admin.`, {
      remedy: "Make somebody else an account admin first.",
    });
}

/** Enabled account admins beside the given one. The rows are locked, so that two cannot remove each other. */
async function countAccountAdmins(tx: Context, exceptId: string): Promise<number> {
  const isAdmin = and(eq(people.accountAdmin, true), isNull(people.disabledAt));
  await tx.db.select({ id: people.id }).from(people).where(isAdmin).orderBy(people.id).for("update");
  const [row] = await tx.db
    .select({ number: count() })
    .from(people)
    .where(and(isAdmin, ne(people.id, exceptId)));
  return row?.number ?? 0;
}
