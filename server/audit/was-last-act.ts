import { and, desc, eq, inArray } from "drizzle-orm";
import { auditEvents } from "#db/schema/audit.ts";
import type { Context } from "#server/context.ts";
import type { AuditAction } from "./audit-event.ts";

type Act = {
  spaceId: string;
  object: { type: string; name: string } | { type: string; id: string };
  /** What is asked for, and everything that would undo it. */
  action: AuditAction;
  among: readonly AuditAction[];
};

/**
 * Whether the newest of these events about an object is this one, by the actor: then asking for it is a repeat, as after
 * a lost answer, and there is nothing to refuse.
 */
export async function wasLastAct(ctx: Context, { spaceId, object, action, among }: Act): Promise<boolean> {
  const ofObject = "id" in object ? eq(auditEvents.objectId, object.id) : eq(auditEvents.objectName, object.name);
  const [last] = await ctx.db
    .select({ action: auditEvents.action, actorId: auditEvents.actorId })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.spaceId, spaceId),
        eq(auditEvents.objectType, object.type),
        inArray(auditEvents.action, [...among]),
        ofObject,
      ),
    )
    .orderBy(desc(auditEvents.seq))
    .limit(1);
  return last?.action === action && last.actorId === ctx.actor.id;
}
