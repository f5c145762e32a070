import type { Actor, Role } from "#server/actor.ts";
import { Problem } from "#server/errors.ts";

const everybody = ["member", "approver", "designer", "policy_admin", "auditor", "admin"] as const;
const builders = ["member", "designer", "policy_admin", "admin"] as const;

/**
 * Who may do what: the one place. A row names the roles that hold the permission throughout their space. Account admins
 * hold every permission in every space, and nobody else holds `account.admin`.
 */
export const permissions = {
  /** See the space, its members and settings. */
  "space.read": everybody,
  /** Change name, budget, tags, time zone. */
  "space.edit": ["admin"],
  /** Give and take roles. */
  "member.edit": ["admin"],
  "catalog.read": everybody,
  "draft.edit": builders,
  "environment.read": everybody,
  "environment.launch": builders,
  "environment.extend": ["admin"],
  "environment.terminate": ["admin"],
  "environment.retry": ["admin"],
  /** Make what drifted the new baseline: it replaces what was asked for and decided. */
  "environment.accept_drift": ["admin"],
  /** Drop the record although resources may still run. */
  "environment.forget": ["admin"],
  /** See a sensitive output in clear. */
  "environment.read_secret": ["admin"],
  "approval.read": everybody,
  "approval.vote": ["approver", "admin"],
  "policy.read": everybody,
  "policy.edit": ["policy_admin"],
  "blueprint.read": everybody,
  "blueprint.write": ["designer", "admin"],
  "blueprint.review": ["designer", "admin"],
  /** Put a reviewed revision into the catalog, or take it out. */
  "blueprint.publish": ["designer", "admin"],
  "audit.read": ["auditor", "admin"],
  "audit.export": ["auditor", "admin"],
  "report.read": everybody,
  /** Create, replace and delete the space's secrets. Nobody can read one. */
  "secret.edit": ["admin"],
  /** Spaces, people, demo, account-wide audit events. */
  "account.admin": [],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

/** Roles that hold a permission for what is their own only. Nothing is own unless the caller names the owner. */
export const ownPermissions: Partial<Record<Permission, readonly Role[]>> = {
  "environment.extend": builders,
  "environment.terminate": builders,
  "environment.retry": builders,
  "environment.read_secret": builders,
};

/** What a program may never do, whatever role it was given: judge, rule, or hand out rights. */
const peopleOnly: ReadonlySet<Permission> = new Set([
  "approval.vote",
  "policy.edit",
  "blueprint.review",
  "blueprint.publish",
  "member.edit",
  "space.edit",
  "secret.edit",
  "environment.forget",
  "environment.accept_drift",
  "environment.read_secret",
  "account.admin",
]);

/** What Gantry itself does without a person: run, end, watch, seed from the release, and read for its own work. */
const systemPermissions: ReadonlySet<Permission> = new Set([
  "space.read",
  "catalog.read",
  "draft.edit",
  "environment.read",
  "environment.launch",
  "environment.extend",
  "environment.terminate",
  "environment.retry",
  "approval.read",
  "policy.read",
  "policy.edit",
  "blueprint.read",
  "blueprint.write",
  "blueprint.review",
  "blueprint.publish",
  "audit.read",
  "report.read",
]);

/**
 * Whether the actor holds the permission in the space (`null`: in the account), for a thing of `ownerId` where one
 * owns it. A permission that is held for own things only is not held when no owner is named.
 */
export function can(actor: Actor, permission: Permission, spaceId: string | null, ownerId?: string): boolean {
  if (actor.kind === "system") return systemPermissions.has(permission);
  if (actor.kind === "automation" && peopleOnly.has(permission)) return false;
  const allowed: readonly Role[] = permissions[permission];
  if (actor.accountAdmin) return true;
  const held = spaceId === null ? [] : (actor.roles[spaceId] ?? []);
  if (held.some((role) => allowed.includes(role))) return true;
  const own = ownPermissions[permission];
  return own !== undefined && isOwner(actor, ownerId) && held.some((role) => own.includes(role));
}

function isOwner(actor: Exclude<Actor, { kind: "system" }>, ownerId: string | undefined): boolean {
  if (ownerId === undefined) return false;
  return actor.id === ownerId || (actor.kind === "automation" && actor.onBehalfOf?.id === ownerId);
}

/** Throws unless `can`: not_found to those who may not even know the space, forbidden to its members. */
export function requirePermission(
  actor: Actor,
  permission: Permission,
  spaceId: string | null,
  ownerId?: string,
): void {
  if (can(actor, permission, spaceId, ownerId)) return;
  const details = { permission, spaceId };
  if (spaceId !== null && !canSeeSpace(actor, spaceId))
    throw new Problem("not_found", "There is no such thing, or you cannot see it.", { details });
  throw new Problem("forbidden", refusal(actor, permission, ownerId), {
    remedy:
      spaceId === null
        ? "Ask an account admin."
        : "Ask an admin of the space for a role that may do this; Settings, Members lists them.",
    details,
  });
}

/** Whether the actor may know that the space exists. */
export function canSeeSpace(actor: Actor, spaceId: string): boolean {
  if (actor.kind === "system" || actor.accountAdmin) return true;
  return (actor.roles[spaceId]?.length ?? 0) > 0;
}

function refusal(actor: Actor, permission: Permission, ownerId: string | undefined): string {
  if (actor.kind === "automation" && peopleOnly.has(permission))
    return `An automation may not do this (${permission}): it needs a person.`;
  const own = ownPermissions[permission];
  if (own && ownerId !== undefined && actor.id !== ownerId)
    return `You may do this with your own environments only (${permission}).`;
  return `Your roles do not allow this (${permission}).`;
}
