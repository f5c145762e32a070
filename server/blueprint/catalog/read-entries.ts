import { and, asc, eq, exists, gt, isNull, or } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { blueprintRevisions, catalogEntries, catalogStars } from "#db/schema/blueprint.ts";
import type { Blueprint } from "#server/blueprint/blueprint.ts";
import type { Context } from "#server/context.ts";
import type { CatalogCard, UsageHistory } from "./catalog.ts";
import { findProgram } from "./find-program.ts";
import { readUsageHistory } from "./usage-history.ts";

const entryColumns = {
  blueprintName: catalogEntries.blueprintName,
  revisionId: catalogEntries.revisionId,
  publishedBy: catalogEntries.publishedBy,
  publishedAt: catalogEntries.publishedAt,
  digest: blueprintRevisions.digest,
  reviewer: blueprintRevisions.reviewer,
  reviewedAt: blueprintRevisions.reviewedAt,
  document: blueprintRevisions.document,
};

/** Everything a space's catalog offers: five queries in all, no matter how many entries. */
export async function readCards(ctx: Context, spaceId: string): Promise<{ card: CatalogCard; blueprint: Blueprint }[]> {
  const [entries, stars, waiting, historyOf] = await Promise.all([
    ctx.db
      .select(entryColumns)
      .from(catalogEntries)
      .innerJoin(blueprintRevisions, eq(blueprintRevisions.id, catalogEntries.revisionId))
      .where(eq(catalogEntries.spaceId, spaceId))
      .orderBy(asc(catalogEntries.blueprintName))
      .limit(1_000),
    readStars(ctx, spaceId),
    readWaiting(ctx, spaceId),
    readUsageHistory(ctx, spaceId),
  ]);
  return entries.map(({ document, ...entry }) => {
    const blueprint = document as Blueprint;
    const marks = { isStarred: stars.has(entry.blueprintName), hasChangesWaiting: waiting.has(entry.blueprintName) };
    return { blueprint, card: toCard(blueprint, { ...entry, ...marks }, historyOf(entry.blueprintName)) };
  });
}

type Entry = Pick<
  CatalogCard,
  | "blueprintName"
  | "revisionId"
  | "digest"
  | "reviewer"
  | "reviewedAt"
  | "publishedBy"
  | "publishedAt"
  | "isStarred"
  | "hasChangesWaiting"
>;

function toCard(blueprint: Blueprint, entry: Entry, history: UsageHistory): CatalogCard {
  const {
    title,
    description,
    icon,
    category,
    cloud,
    owner,
    labels,
    agent,
    requires,
    prompts,
    duration,
    synonyms,
    blocked,
  } = blueprint;
  return {
    ...{
      title,
      description,
      icon,
      category,
      cloud,
      owner,
      labels,
      agent,
      requires,
      prompts,
      duration,
      synonyms,
      blocked,
    },
    ...entry,
    ...history,
    grainKinds: [...new Set(blueprint.grains.map((grain) => grain.kind))],
    inputNames: blueprint.inputs.map((input) => input.name),
    declaredCosts: blueprint.declaredCosts,
    missingPrograms: agent === "local" ? requires.filter((name) => !findProgram(name)) : [],
  };
}

async function readStars(ctx: Context, spaceId: string): Promise<Set<string>> {
  if (ctx.actor.kind !== "person") return new Set();
  const rows = await ctx.db
    .select({ name: catalogStars.blueprintName })
    .from(catalogStars)
    .where(and(eq(catalogStars.personId, ctx.actor.id), eq(catalogStars.spaceId, spaceId)));
  return new Set(rows.map(({ name }) => name));
}

/** Names of published blueprints of which a newer revision waits for review. */
async function readWaiting(ctx: Context, spaceId: string): Promise<Set<string>> {
  const newer = alias(blueprintRevisions, "newer");
  const rows = await ctx.db
    .select({ name: catalogEntries.blueprintName })
    .from(catalogEntries)
    .innerJoin(blueprintRevisions, eq(blueprintRevisions.id, catalogEntries.revisionId))
    .where(
      and(
        eq(catalogEntries.spaceId, spaceId),
        exists(
          ctx.db
            .select({ id: newer.id })
            .from(newer)
            .where(
              and(
                eq(newer.blueprintName, catalogEntries.blueprintName),
                eq(newer.state, "in_review"),
                or(isNull(newer.spaceId), eq(newer.spaceId, spaceId)),
                gt(newer.createdAt, blueprintRevisions.createdAt),
              ),
            ),
        ),
      ),
    );
  return new Set(rows.map(({ name }) => name));
}
