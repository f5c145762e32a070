/** Roles a person or automation can hold in a space. Account admins stand above all spaces. */
export const roles = ["member", "approver", "designer", "policy_admin", "auditor", "admin"] as const;
export type Role = (typeof roles)[number];

/** The ways a request can come in; recorded with every audit event. */
export const channels = ["ui", "api", "mcp", "assistant", "worker", "command", "schedule"] as const;
export type Channel = (typeof channels)[number];

type Identity = { id: string; name: string; email: string };

/** A signed-in human being. `roles` maps a space's id to the roles held there, read afresh on each request. */
export type Person = Identity & {
  kind: "person";
  accountAdmin: boolean;
  groups: string[];
  roles: Readonly<Record<string, readonly Role[]>>;
};

/** A program acting by itself or on behalf of a person; never approves, never exceeds that person's rights. */
export type Automation = Identity & {
  kind: "automation";
  accountAdmin: false;
  groups: string[];
  onBehalfOf: Identity | null;
  roles: Readonly<Record<string, readonly Role[]>>;
};

/** Gantry itself: the worker, a schedule, a command at the shell. */
export type System = { kind: "system"; id: string; name: string };

export type Actor = Person | Automation | System;

/** The actor for work nobody asked for at this moment: expiry, sweeps, migrations. */
export function systemActor(name: "worker" | "schedule" | "command" | "release"): System {
  return { kind: "system", id: `system:${name}`, name };
}

/** What is written down of an actor in rows and audit events. */
export type ActorRecord = { kind: Actor["kind"]; id: string; name: string; onBehalfOf?: string };

export function recordActor(actor: Actor): ActorRecord {
  const record: ActorRecord = { kind: actor.kind, id: actor.id, name: actor.name };
  if (actor.kind === "automation" && actor.onBehalfOf) record.onBehalfOf = actor.onBehalfOf.id;
  return record;
}
