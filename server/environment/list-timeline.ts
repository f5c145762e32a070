import { and, desc, eq, lt, or, sql } from "drizzle-orm";
import { z } from "zod";
import { auditEvents } from "#db/schema/audit.ts";
import type { Context } from "#server/context.ts";
import { findEnvironment } from "./find-environment.ts";

export const TimelineInput = z.object({
  environmentId: z.uuid(),
  /** Older than this event. */
  before: z.number().int().positive().optional(),
  limit: z.number().int().min(1).max(200).default(50),
});

/** An environment's timeline: the audit trail, filtered. Whoever may see the environment may see what happened to it. */
export async function listTimeline(ctx: Context, input: z.infer<typeof TimelineInput>) {
  const environment = await findEnvironment(ctx, input.environmentId, "environment.read");
  const { seq, at, actor, via, action, outcome, data, objectType } = auditEvents;
  const itself = and(eq(auditEvents.objectType, "environment"), eq(auditEvents.objectId, environment.id));
  const about = sql`${auditEvents.data} ->> 'environmentId' = ${environment.id}`;
  const rows = await ctx.db
    .select({ seq, at, actor, via, action, outcome, data, objectType })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.spaceId, environment.spaceId),
        or(itself, about),
        input.before ? lt(auditEvents.seq, input.before) : undefined,
      ),
    )
    .orderBy(desc(auditEvents.seq))
    .limit(input.limit + 1);
  const items = rows.slice(0, input.limit);
  return { items, nextCursor: rows.length > items.length ? (items.at(-1)?.seq ?? null) : null };
}
