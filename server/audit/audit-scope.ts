import { inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { auditEvents } from "#db/schema/audit.ts";
import { spaces } from "#db/schema/space.ts";
import { can, type Permission, requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";

/** The part of the trail somebody may read: everything, or the events of some spaces. */
export type AuditScope = { all: boolean; spaceIds: readonly string[] };

/**
 * What the actor may read (or export), within one space if it is given. Events of the account as a whole (sign-ins,
 * people, spaces made) tell of people in all spaces, so they are for account admins alone.
 */
export async function auditScope(
  ctx: Context,
  permission: Extract<Permission, "audit.read" | "audit.export">,
  spaceId?: string,
): Promise<AuditScope> {
  const { actor } = ctx;
  if (spaceId !== undefined) {
    requirePermission(actor, permission, spaceId);
    return { all: false, spaceIds: [spaceId] };
  }
  if (actor.kind === "system" || actor.accountAdmin) {
    requirePermission(actor, permission, null);
    return { all: true, spaceIds: [] };
  }
  const spaceIds = Object.keys(actor.roles).filter((id) => can(actor, permission, id));
  if (spaceIds.length === 0)
    throw new Problem("forbidden", `You may read the audit trail of no space (${permission}).`, {
      remedy: "Ask an admin of the space for the role auditor.",
      details: { permission, spaceId: null },
    });
  return { all: false, spaceIds };
}

export function scopeCondition({ all, spaceIds }: AuditScope): SQL | undefined {
  return all ? undefined : inArray(auditEvents.spaceId, [...spaceIds]);
}

/** Whether an event of this space (null: of the account) lies in the scope. */
export function isInScope({ all, spaceIds }: AuditScope, spaceId: string | null): boolean {
  return all || (spaceId !== null && spaceIds.includes(spaceId));
}

/** The spaces of the scope by short name. */
export async function spacesInScope(ctx: Context, { all, spaceIds }: AuditScope): Promise<Map<string, string>> {
  const rows = await ctx.db
    .select({ id: spaces.id, slug: spaces.slug })
    .from(spaces)
    .where(all ? undefined : or(inArray(spaces.id, [...spaceIds]), sql`false`));
  return new Map(rows.map(({ slug, id }) => [slug, id]));
}

/** Events of the account as a whole. */
export const ofAccount = isNull(auditEvents.spaceId);
