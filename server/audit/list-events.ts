import { desc, inArray } from "drizzle-orm";
import { z } from "zod";
import { auditEvents } from "#db/schema/audit.ts";
import type { ActorRecord } from "#server/actor.ts";
import type { Context } from "#server/context.ts";
import type { AuditObject, Outcome } from "./audit-event.ts";
import { auditFilter } from "./audit-filter.ts";
import { auditScope } from "./audit-scope.ts";
import { searchNewest } from "./bounded-search.ts";
import type { SearchProblem } from "./search-line.ts";

export const ListEventsInput = z.object({
  /** The search line; see `searchKeys`. */
  search: z.string().max(4000).default(""),
  /** Within one space; else wherever the asker may read. */
  spaceId: z.uuid().optional(),
  /** Older than this event (`next` of the page before). */
  before: z.number().int().positive().optional(),
  /** Newer than this event, the newest of them first: what came while the page was open. */
  after: z.number().int().nonnegative().optional(),
  limit: z.number().int().min(1).max(200).default(50),
});

/** An event as a line of the list. */
export type AuditListing = {
  seq: number;
  at: Date;
  actor: ActorRecord;
  via: string;
  address: string | null;
  spaceId: string | null;
  action: string;
  object: AuditObject;
  outcome: Outcome;
};

export type AuditPage = {
  events: AuditListing[];
  /** Give it as `before` for the next page; null when there is none. */
  next: number | null;
  /**
   * All matches down to this event are on the page or on those before; above 1 with few events on the page it means
   * that the search took long and goes on with the next page.
   */
  searchedTo: number;
  /** Parts of the line that mean nothing. While there are any, nothing is searched. */
  problems: SearchProblem[];
};

/** Events the actor may see and the line asks for, newest first. */
export async function listEvents(ctx: Context, input: z.input<typeof ListEventsInput>): Promise<AuditPage> {
  const { search, spaceId, before, after = 0, limit } = ListEventsInput.parse(input);
  const scope = await auditScope(ctx, "audit.read", spaceId);
  const filter = await auditFilter(ctx, scope, search);
  const { problems } = filter;
  if (problems.length > 0) return { events: [], next: null, searchedTo: 0, problems };
  const { seqs, searchedTo } = await searchNewest(ctx, { filter, before, after, limit: limit + 1 });
  const shown = seqs.slice(0, limit);
  const events = shown.length === 0 ? [] : await readListings(ctx, shown);
  if (seqs.length > limit) return { events, next: shown.at(-1) ?? null, searchedTo: shown.at(-1) ?? 0, problems };
  return { events, next: searchedTo > after ? searchedTo + 1 : null, searchedTo: searchedTo + 1, problems };
}

async function readListings(ctx: Context, seqs: number[]): Promise<AuditListing[]> {
  const rows = await ctx.db
    .select({
      seq: auditEvents.seq,
      at: auditEvents.at,
      actor: auditEvents.actor,
      via: auditEvents.via,
      address: auditEvents.address,
      spaceId: auditEvents.spaceId,
      action: auditEvents.action,
      objectType: auditEvents.objectType,
      objectId: auditEvents.objectId,
      objectName: auditEvents.objectName,
      outcome: auditEvents.outcome,
    })
    .from(auditEvents)
    .where(inArray(auditEvents.seq, seqs))
    .orderBy(desc(auditEvents.seq))
    .limit(seqs.length);
  return rows.map(({ objectType, objectId, objectName, ...row }) => ({
    ...row,
    object: { type: objectType, id: objectId, name: objectName },
  }));
}
