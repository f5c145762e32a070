import { and, desc, eq, isNotNull } from "drizzle-orm";
import { blueprintRevisions, catalogEntries } from "#db/schema/blueprint.ts";
import { environments } from "#db/schema/environment.ts";
import { people } from "#db/schema/person.ts";
import type { Blueprint } from "#server/blueprint/blueprint.ts";
import { findProgram } from "#server/blueprint/catalog/find-program.ts";
import type { Context } from "#server/context.ts";
import type { DraftRow } from "#server/decision/draft.ts";
import type { EvidenceByField } from "#server/decision/evidence.ts";
import { environmentRef } from "#server/environment-ref.ts";
import type { Offer, PastLaunch, PlanningRequest } from "./proposal.ts";

/** What the space's catalog offers and can be launched here. */
async function readOffers(ctx: Context, spaceId: string): Promise<Offer[]> {
  const rows = await ctx.db
    .select({ revisionId: catalogEntries.revisionId, document: blueprintRevisions.document })
    .from(catalogEntries)
    .innerJoin(blueprintRevisions, eq(blueprintRevisions.id, catalogEntries.revisionId))
    .where(eq(catalogEntries.spaceId, spaceId))
    .orderBy(catalogEntries.blueprintName);
  return rows
    .map(({ revisionId, document }) => ({ revisionId, blueprint: document as Blueprint }))
    .filter(
      ({ blueprint }) =>
        blueprint.blocked === null && blueprint.requires.every((program) => findProgram(program) !== null),
    );
}

/** The actor's own last launches here, newest first. */
async function readPast(ctx: Context, spaceId: string): Promise<PastLaunch[]> {
  const { number, blueprintName, inputs, durationMinutes } = environments;
  const rows = await ctx.db
    .select({ number, blueprintName, inputs, durationMinutes })
    .from(environments)
    .where(
      and(eq(environments.spaceId, spaceId), eq(environments.ownerId, ctx.actor.id), isNotNull(environments.activeAt)),
    )
    .orderBy(desc(environments.createdAt))
    .limit(20);
  return rows.map(({ number: shown, ...row }) => ({ ref: environmentRef({ number: shown }), ...row }));
}

/** Everything a planner may know about one prompt, read with the asker's own rights. */
export async function readPlanningRequest(ctx: Context, draft: DraftRow, prompt: string): Promise<PlanningRequest> {
  const [person] = await ctx.db.select({ timeZone: people.timeZone }).from(people).where(eq(people.id, ctx.actor.id));
  const evidence = draft.evidence as EvidenceByField;
  return {
    prompt,
    offers: await readOffers(ctx, draft.spaceId),
    chosen: evidence.blueprint?.source === "user_edit" ? draft.blueprintName : null,
    now: ctx.clock.now(),
    timeZone: person?.timeZone ?? "UTC",
    past: await readPast(ctx, draft.spaceId),
  };
}
