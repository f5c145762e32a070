import { asc, eq, gte } from "drizzle-orm";
import { z } from "zod";
import { auditCheckpoints, auditEvents } from "#db/schema/audit.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import type { Json } from "./audit-event.ts";
import { auditScope, isInScope } from "./audit-scope.ts";
import { chainHash, digestRecord } from "./chain.ts";
import type { AuditListing } from "./list-events.ts";

export const FindEventInput = z.object({ seq: z.number().int().positive() });

export type EventDetail = AuditListing & {
  requestId: string;
  data: Record<string, unknown>;
  /** The fields that changed, where the event is about a change. */
  changes: { field: string; before: Json; after: Json }[];
  /** The text the hash is taken over. */
  record: string;
  hash: string;
  previousHash: string;
  /** Whether the record still has its hash and follows on the event before it. */
  isIntact: boolean;
  /** The oldest signed head that covers the event; null until it is signed. */
  checkpoint: { seq: number; hash: string; keyId: string; at: Date } | null;
};

export async function findEvent(ctx: Context, input: z.input<typeof FindEventInput>): Promise<EventDetail> {
  const scope = await auditScope(ctx, "audit.read");
  const [row] = await ctx.db.select().from(auditEvents).where(eq(auditEvents.seq, input.seq));
  if (!row || !isInScope(scope, row.spaceId))
    throw new Problem("not_found", `There is no event ${input.seq}, or you cannot see it.`);
  const [before] = await ctx.db
    .select({ hash: auditEvents.hash })
    .from(auditEvents)
    .where(eq(auditEvents.seq, input.seq - 1));
  const [checkpoint] = await ctx.db
    .select({
      seq: auditCheckpoints.seq,
      hash: auditCheckpoints.hash,
      keyId: auditCheckpoints.keyId,
      at: auditCheckpoints.at,
    })
    .from(auditCheckpoints)
    .where(gte(auditCheckpoints.seq, input.seq))
    .orderBy(asc(auditCheckpoints.seq))
    .limit(1);
  const follows = input.seq === 1 || before?.hash === row.previousHash;
  const { actorKind, actorId, actorName, objectType, objectId, objectName, search, ...kept } = row;
  return {
    ...kept,
    object: { type: objectType, id: objectId, name: objectName },
    changes: changesIn(row.data),
    isIntact: follows && chainHash(row.previousHash, digestRecord(row.record)) === row.hash,
    checkpoint: checkpoint ?? null,
  };
}

/** Before and after, from `changes` by field or from a plain pair of `before` and `after`. */
function changesIn(data: Record<string, unknown>): EventDetail["changes"] {
  const { changes, before, after } = data;
  if (typeof changes === "object" && changes !== null)
    return Object.entries(changes as Record<string, { before: Json; after: Json }>).map(([field, change]) => ({
      field,
      before: change.before,
      after: change.after,
    }));
  if (before === undefined && after === undefined) return [];
  return [{ field: "value", before: (before ?? null) as Json, after: (after ?? null) as Json }];
}
