import { eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { endedSessions, memberships, people } from "#db/schema/person.ts";
import type { Automation, Person, Role } from "#server/actor.ts";

/** What a session's token says of itself, to be checked against what the server knows. */
export type SessionClaim = { sessionVersion: number; sessionId: string };

type Roles = Record<string, readonly Role[]>;

/**
 * The actor as of now: roles read afresh, so that a change holds from the next request on. Null for a stranger, somebody
 * disabled, and a session that was ended (signed out, revoked, or older than a change of password).
 */
export async function loadActor(db: Db, personId: string, session?: SessionClaim): Promise<Person | Automation | null> {
  const [row] = await db.select().from(people).where(eq(people.id, personId));
  if (!row || row.disabledAt !== null) return null;
  if (session && !(await isLive(db, row, session))) return null;
  const { id, name, email, groups } = row;
  const roles = await loadRoles(db, id);
  if (row.kind === "person") return { kind: "person", id, name, email, groups, accountAdmin: row.accountAdmin, roles };
  const identity = { kind: "automation", id, name, email, groups, accountAdmin: false } as const;
  if (row.onBehalfOfId === null) return { ...identity, onBehalfOf: null, roles };
  const principal = await loadActor(db, row.onBehalfOfId);
  if (principal?.kind !== "person") return null;
  const onBehalfOf = { id: principal.id, name: principal.name, email: principal.email };
  return { ...identity, onBehalfOf, roles: principal.accountAdmin ? roles : shared(roles, principal.roles) };
}

async function isLive(db: Db, row: { sessionVersion: number }, session: SessionClaim): Promise<boolean> {
  if (row.sessionVersion !== session.sessionVersion) return false;
  const ended = await db
    .select({ id: endedSessions.sessionId })
    .from(endedSessions)
    .where(eq(endedSessions.sessionId, session.sessionId));
  return ended.length === 0;
}

async function loadRoles(db: Db, personId: string): Promise<Roles> {
  const rows = await db.select().from(memberships).where(eq(memberships.personId, personId));
  const roles: Record<string, Role[]> = {};
  for (const { spaceId, role } of rows) {
    roles[spaceId] ??= [];
    roles[spaceId].push(role);
  }
  return roles;
}

/** A program has no role that the person it acts for lacks. */
function shared(own: Roles, principals: Roles): Roles {
  const bounded = Object.entries(own).map(
    ([spaceId, held]) => [spaceId, held.filter((role) => principals[spaceId]?.includes(role))] as const,
  );
  return Object.fromEntries(bounded.filter(([, held]) => held.length > 0));
}
