import { eq } from "drizzle-orm";
import { z } from "zod";
import { spaces } from "#db/schema/space.ts";
import { roles as allRoles } from "#server/actor.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { generatePassword, hashPassword, Password } from "#server/secret/password.ts";
import { Email, findPersonById, insertPerson, PersonName, type PersonView, TimeZone, viewOf } from "./person.ts";
import { setMemberRoles } from "./set-member-roles.ts";

export const CreatePersonInput = z.object({
  kind: z.enum(["person", "automation"]).default("person"),
  email: Email,
  name: PersonName,
  timeZone: TimeZone.default("UTC"),
  /** How the person signs in: a given password, one that is made up here and shown once, or single sign-on only. */
  signIn: z
    .discriminatedUnion("by", [
      z.object({ by: z.literal("password"), password: Password }),
      z.object({ by: z.literal("generated_password") }),
      z.object({ by: z.literal("single_sign_on") }),
    ])
    .default({ by: "generated_password" }),
  accountAdmin: z.boolean().default(false),
  /** For an automation: the person it acts for, whose rights bound its own. */
  onBehalfOfId: z.uuid().nullable().default(null),
  memberships: z
    .array(z.object({ spaceId: z.uuid(), roles: z.array(z.enum(allRoles)) }))
    .max(100)
    .default([]),
});

/** Adds a person or an automation. A generated password is in the answer, and nowhere else ever. */
export async function createPerson(
  ctx: Context,
  input: z.input<typeof CreatePersonInput>,
): Promise<{ person: PersonView; generatedPassword: string | null }> {
  requirePermission(ctx.actor, "account.admin", null);
  const wanted = CreatePersonInput.parse(input);
  if (wanted.kind === "automation" && wanted.accountAdmin)
    throw new Problem("bad_input", "An automation cannot be an account admin.", { place: { path: "accountAdmin" } });
  const { password, generatedPassword } = passwordFor(wanted);
  const passwordHash = password === null ? null : await hashPassword(password);
  return inTransaction(ctx, async (tx) => {
    if (wanted.onBehalfOfId) await checkPrincipal(tx, wanted);
    const { email, name, kind, timeZone, accountAdmin, onBehalfOfId } = wanted;
    const person = await insertPerson(tx, { email, name, kind, timeZone, accountAdmin, onBehalfOfId, passwordHash });
    for (const { spaceId, roles } of wanted.memberships) {
      const [space] = await tx.db.select({ id: spaces.id }).from(spaces).where(eq(spaces.id, spaceId));
      if (!space) throw new Problem("not_found", "There is no such space.", { place: { path: "memberships" } });
      await setMemberRoles(tx, { spaceId, person: person.id, roles });
    }
    return { person: viewOf(person), generatedPassword };
  });
}

function passwordFor({ kind, signIn }: z.output<typeof CreatePersonInput>) {
  if (kind === "automation" || signIn.by === "single_sign_on") return { password: null, generatedPassword: null };
  if (signIn.by === "password") return { password: signIn.password, generatedPassword: null };
  const generatedPassword = generatePassword();
  return { password: generatedPassword, generatedPassword };
}

async function checkPrincipal(tx: Context, wanted: z.output<typeof CreatePersonInput>): Promise<void> {
  const principal = wanted.onBehalfOfId ? await findPersonById(tx.db, wanted.onBehalfOfId) : null;
  if (wanted.kind === "automation" && principal?.kind === "person") return;
  throw new Problem("bad_input", "Only an automation can act on behalf of somebody, and only of a person.", {
    place: { path: "onBehalfOfId" },
  });
}
