import { eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { people } from "#db/schema/person.ts";
import { spaces } from "#db/schema/space.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { changeAccountAdmin, writePerson } from "#server/space/change-person.ts";
import { writeRoles } from "#server/space/membership.ts";
import { Email, findPersonByEmail, insertPerson, type PersonRow } from "#server/space/person.ts";
import { type GroupRole, rolesForGroups } from "./group-roles.ts";
import { beginSession, type SignedIn } from "./sign-in.ts";

/** The claims we read of an id token. `email_verified` and `groups` are often missing or of another form. */
export const OidcClaims = z.object({
  sub: z.string().min(1).max(255),
  email: Email,
  email_verified: z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]).optional(),
  name: z.string().trim().max(120).optional(),
  preferred_username: z.string().trim().max(120).optional(),
  zoneinfo: z.string().max(64).optional(),
  groups: z.union([z.array(z.string()), z.string().transform((text) => [text])]).default([]),
});
export type OidcClaims = z.output<typeof OidcClaims>;

/** Signs in whom the identity provider vouches for: finds or adds the person, then brings roles in line with the groups. */
export async function signInWithOidc(
  ctx: Context,
  provider: { issuer: string; mapping: readonly GroupRole[] },
  input: unknown,
): Promise<SignedIn> {
  const parsed = OidcClaims.safeParse(input);
  if (!parsed.success)
    throw new Problem("bad_input", "The identity provider sent no usable subject and e-mail address.", {
      remedy: "Let it send the claims sub and email, and ask for the scopes openid, profile and email.",
    });
  const claims = parsed.data;
  return inTransaction(ctx, async (tx) => {
    const found = await findOrAdd(tx, `${provider.issuer}|${claims.sub}`, claims);
    if (found.disabledAt !== null) throw new Problem("forbidden", "This account is disabled.");
    const person = await writePerson(tx, found.id, { groups: claims.groups });
    return beginSession(tx, await syncRoles(tx, person, provider.mapping), "oidc");
  });
}

async function findOrAdd(tx: Context, oidcSubject: string, claims: OidcClaims): Promise<PersonRow> {
  const [bound] = await tx.db.select().from(people).where(eq(people.oidcSubject, oidcSubject)).for("update");
  if (bound) return bound;
  const { email } = claims;
  const same = await findPersonByEmail(tx.db, email);
  if (!same) {
    const name = claims.name || claims.preferred_username || email.split("@")[0] || email;
    return insertPerson(tx, { email, name, oidcSubject });
  }
  if (!isBindable(same, claims))
    throw new Problem("conflict", `The e-mail ${email} belongs to an account that single sign-on may not take over.`, {
      remedy:
        "Sign in with the password, or ask an account admin. The provider must vouch for the e-mail (email_verified).",
    });
  return writePerson(tx, same.id, { oidcSubject });
}

/**
 * An e-mail is a weak proof, so it binds once and then the subject counts. Without the provider's word that it checked
 * the address, only an account that was made for single sign-on (without a password) can be bound.
 */
function isBindable(person: PersonRow, claims: OidcClaims): boolean {
  if (person.oidcSubject !== null || person.kind !== "person" || person.demo) return false;
  if (claims.email_verified === undefined) return person.passwordHash === null;
  return claims.email_verified;
}

/** In the spaces the mapping names it decides alone; memberships elsewhere stay as they are. */
async function syncRoles(tx: Context, person: PersonRow, mapping: readonly GroupRole[]): Promise<PersonRow> {
  const wanted = rolesForGroups(mapping, person.groups);
  const slugs = [...wanted.spaces.keys()];
  const rows = slugs.length === 0 ? [] : await tx.db.select().from(spaces).where(inArray(spaces.slug, slugs));
  for (const space of rows)
    await writeRoles(tx, { spaceId: space.id, person, roles: wanted.spaces.get(space.slug) ?? [], source: "oidc" });
  if (!wanted.governsAccount || wanted.accountAdmin === person.accountAdmin) return person;
  return changeAccountAdmin(tx, person, wanted.accountAdmin);
}
