import { asc, eq } from "drizzle-orm";
import { z } from "zod";
import { memberships, people } from "#db/schema/person.ts";
import type { Role } from "#server/actor.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { inOrder } from "./membership.ts";
import { type PersonView, personColumns } from "./person.ts";

export const ListMembersInput = z.object({ spaceId: z.uuid() });
export type Member = PersonView & { roles: Role[] };

/** Who belongs to the space, people and automations, by name. */
export async function listMembers(ctx: Context, input: z.input<typeof ListMembersInput>): Promise<Member[]> {
  requirePermission(ctx.actor, "space.read", input.spaceId);
  const rows = await ctx.db
    .select({ ...personColumns, role: memberships.role })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(eq(memberships.spaceId, input.spaceId))
    .orderBy(asc(people.name), asc(people.id))
    .limit(10_000);
  const members = new Map<string, Member>();
  for (const { role, ...person } of rows) {
    const member = members.get(person.id) ?? { ...person, roles: [] };
    member.roles = inOrder([...member.roles, role]);
    members.set(person.id, member);
  }
  return [...members.values()];
}
