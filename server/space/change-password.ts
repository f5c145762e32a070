import { z } from "zod";
import { recordEvent } from "#server/audit/record-event.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { generatePassword, hashPassword, isPassword, Password } from "#server/secret/password.ts";
import { writePerson } from "./change-person.ts";
import { findPersonById, objectOf } from "./person.ts";

export const ChangePasswordInput = z.object({ current: z.string().max(256), next: Password });

/** Changes one's own password, which ends all sessions signed in with the old one. */
export async function changePassword(ctx: Context, input: z.input<typeof ChangePasswordInput>): Promise<void> {
  const { current, next } = ChangePasswordInput.parse(input);
  if (ctx.actor.kind !== "person") throw new Problem("forbidden", "Only people have passwords.");
  const person = await findPersonById(ctx.db, ctx.actor.id);
  if (!(await isPassword(current, person.passwordHash)))
    throw new Problem("bad_input", "The current password is not right.", { place: { path: "current" } });
  await setPassword(ctx, person.id, next);
}

export const ResetPasswordInput = z.object({ personId: z.uuid() });

/** Gives somebody a new password, shown once to the account admin who asks for it. */
export async function resetPassword(ctx: Context, input: z.input<typeof ResetPasswordInput>): Promise<string> {
  requirePermission(ctx.actor, "account.admin", null);
  const person = await findPersonById(ctx.db, input.personId);
  if (person.kind === "automation") throw new Problem("bad_input", "An automation has no password, but tokens.");
  if (person.demo) throw new Problem("conflict", "A demo account signs in by one click and has no password.");
  const password = generatePassword();
  await setPassword(ctx, person.id, password);
  return password;
}

async function setPassword(ctx: Context, personId: string, password: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  await inTransaction(ctx, async (tx) => {
    const { sessionVersion } = await findPersonById(tx.db, personId);
    const person = await writePerson(tx, personId, { passwordHash, sessionVersion: sessionVersion + 1 });
    const changes = { password: { before: "(hidden)", after: "(changed)" } };
    await recordEvent(tx, { action: "person.changed", spaceId: null, object: objectOf(person), data: { changes } });
  });
}
