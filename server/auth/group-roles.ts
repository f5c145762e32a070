import { roles as allRoles, type Role } from "#server/actor.ts";

/** What a group of the identity provider gives: a role in a space, or the account (`*:admin`). */
export type GroupRole = { group: string; spaceSlug: string; role: Role } | { group: string; account: true };

/**
 * Reads `OIDC_GROUP_ROLES`: `group=space:role`, parted by commas, a group as often as it has roles. `group=*:admin` makes
 * account admins. Throws with the part that is wrong, so that the start fails and says why.
 */
export function parseGroupRoles(text: string | undefined): GroupRole[] {
  const parts = (text ?? "").split(",").map((part) => part.trim());
  return parts.filter((part) => part !== "").map(parsePart);
}

function parsePart(part: string): GroupRole {
  const [group = "", target = "", ...rest] = part.split("=").map((piece) => piece.trim());
  const [spaceSlug = "", role = "", ...more] = target.split(":").map((piece) => piece.trim());
  const wrong = (why: string) =>
    new Error(`OIDC_GROUP_ROLES: "${part}" ${why}. Write group=space:role, for example devs=payments:member.`);
  if (!group || !spaceSlug || !role || rest.length > 0 || more.length > 0)
    throw wrong("is not of the form group=space:role");
  const known = allRoles.find((candidate) => candidate === role);
  if (!known) throw wrong(`names the role ${role}, which is none of ${allRoles.join(", ")}`);
  if (spaceSlug !== "*") return { group, spaceSlug, role: known };
  if (known !== "admin") throw wrong("gives a role in all spaces; only *:admin, the account admin, exists");
  return { group, account: true };
}

/** Roles by space for somebody in `groups`. Spaces the mapping names are in it even with no role left. */
export function rolesForGroups(mapping: readonly GroupRole[], groups: readonly string[]) {
  const spaces = new Map<string, Role[]>();
  let accountAdmin = false;
  for (const entry of mapping) {
    const isIn = groups.includes(entry.group);
    if ("account" in entry) accountAdmin ||= isIn;
    else {
      const held = spaces.get(entry.spaceSlug) ?? [];
      spaces.set(entry.spaceSlug, isIn && !held.includes(entry.role) ? [...held, entry.role] : held);
    }
  }
  return { spaces, accountAdmin, governsAccount: mapping.some((entry) => "account" in entry) };
}
