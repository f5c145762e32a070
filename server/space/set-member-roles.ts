import { and, count, eq, isNull, ne } from "drizzle-orm";
import { z } from "zod";
import { memberships, people } from "#db/schema/person.ts";
import { spaces } from "#db/schema/space.ts";
import { roles as allRoles, type Role } from "#server/actor.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { notifyChange } from "#server/job/notify-change.ts";
import { rolesIn, writeRoles } from "./membership.ts";
import { Email, findPersonByEmail, findPersonById, type PersonRow } from "./person.ts";

export const SetMemberRolesInput = z.object({
  spaceId: z.uuid(),
  /** Id of the person, or the e-mail address of somebody who is to become a member. */
  person: z.union([z.uuid(), Email]),
  /** All roles held from now on; none removes the member. */
  roles: z.array(z.enum(allRoles)).max(allRoles.length),
});

/** Roles a program may hold; judging and ruling need a person. */
const automationRoles: readonly Role[] = ["member", "designer", "auditor"];

export async function setMemberRoles(ctx: Context, input: z.input<typeof SetMemberRolesInput>): Promise<Role[]> {
  requirePermission(ctx.actor, "member.edit", input.spaceId);
  const { spaceId, roles, person: wanted } = SetMemberRolesInput.parse(input);
  return inTransaction(ctx, async (tx) => {
    // Changes of one space's members wait for each other, so that two cannot remove the last two admins.
    const [space] = await tx.db.select({ id: spaces.id }).from(spaces).where(eq(spaces.id, spaceId)).for("update");
    if (!space) throw new Problem("not_found", "There is no such space.");
    const person = await findWanted(tx, wanted);
    const before = await rolesIn(tx.db, spaceId, person.id);
    checkAutomation(person, roles);
    checkOwnRoles(tx, person, { before, after: roles });
    if (before.includes("admin") && !roles.includes("admin")) await checkLastAdmin(tx, spaceId, person.id);
    const after = await writeRoles(tx, { spaceId, person, roles });
    await notifyChange(tx, { topic: "space", id: spaceId, spaceId });
    return after;
  });
}

async function findWanted(tx: Context, wanted: string): Promise<PersonRow> {
  if (!wanted.includes("@")) return findPersonById(tx.db, wanted);
  const person = await findPersonByEmail(tx.db, wanted);
  if (person) return person;
  throw new Problem("not_found", `Nobody here has the e-mail ${wanted}.`, {
    place: { path: "person" },
    remedy: "Ask an account admin to add the person first, or let them sign in once by single sign-on.",
  });
}

function checkAutomation(person: PersonRow, roles: readonly Role[]): void {
  const refused = person.kind === "automation" ? roles.filter((role) => !automationRoles.includes(role)) : [];
  if (refused.length === 0) return;
  throw new Problem("bad_input", `An automation cannot be ${refused.join(", ")}: that needs a person.`, {
    place: { path: "roles" },
    remedy: `Choose among ${automationRoles.join(", ")}.`,
  });
}

/** Nobody widens his own rights: it takes a second admin. */
function checkOwnRoles(ctx: Context, person: PersonRow, change: { before: Role[]; after: Role[] }): void {
  const { actor } = ctx;
  if (actor.kind !== "person" || actor.accountAdmin || actor.id !== person.id) return;
  const added = change.after.filter((role) => !change.before.includes(role));
  if (added.length === 0) return;
  throw new Problem("forbidden", `You cannot give yourself a role (${added.join(", ")}).`, {
    remedy: "Ask another admin of the space, or an account admin.",
    details: { permission: "member.edit" },
  });
}

async function checkLastAdmin(tx: Context, spaceId: string, personId: string): Promise<void> {
  if (tx.actor.kind === "person" && tx.actor.accountAdmin) return;
  const [others] = await tx.db
    .select({ number: count() })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(
      and(
        eq(memberships.spaceId, spaceId),
        eq(memberships.role, "admin"),
        ne(memberships.personId, personId),
        isNull(people.disabledAt),
      ),
    );
  if ((others?.number ?? 0) > 0) return;
  throw new Problem("conflict", "This is the space's last admin.", { remedy: "Make somebody else an admin first." });
}
