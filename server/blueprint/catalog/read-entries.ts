import { and, asc, eq, exists, gt, isNull, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { blueprintRevisions, catalogEntries, catalogStars } from "#db/schema/blueprint.ts";
import type { Blueprint } from "#server/blueprint/blueprint.ts";
import type { Context } from "#server/context.ts";
import { servingConnections } from "#server/space/connections.ts";
import type { CatalogCard, UsageHistory } from "./catalog.ts";
import { findProgram } from "./find-program.ts";
import { readUsageHistory } from "./usage-history.ts";
import { type WhereItRuns, whereItRuns } from "./where-it-runs.ts";

const entryColumns = {
  blueprintName: catalogEntries.blueprintName,
  revisionId: catalogEntries.revisionId,
  publishedBy: catalogEntries.publishedBy,
  publishedAt: catalogEntries.publishedAt,
  digest: blueprintRevisions.digest,
  reviewer: blueprintRevisions.reviewer,
  reviewedAt: blueprintRevisions.reviewedAt,
  // The parts a card shows; a document also holds the README and every grain.
  document: sql<CardDocument>`${blueprintRevisions.document} - '{readme,instructions,inputs,outputs,grains,form,extra}'::text[]`,
  grainKinds: sql<string[]>`jsonb_path_query_array(${blueprintRevisions.document}, '$.grains[*].kind')`,
  inputNames: sql<string[]>`jsonb_path_query_array(${blueprintRevisions.document}, '$.inputs[*].name')`,
};

type CardDocument = Omit<Blueprint, "readme" | "instructions" | "inputs" | "outputs" | "grains" | "form" | "extra">;

/** What a space's catalog offers, or one entry of it: six queries in all, no matter how many entries. */
export async function readCards(ctx: Context, spaceId: string, blueprintName?: string): Promise<CatalogCard[]> {
  const named = blueprintName === undefined ? undefined : eq(catalogEntries.blueprintName, blueprintName);
  const [entries, stars, waiting, historyOf, connections] = await Promise.all([
    ctx.db
      .select(entryColumns)
      .from(catalogEntries)
      .innerJoin(blueprintRevisions, eq(blueprintRevisions.id, catalogEntries.revisionId))
      .where(and(eq(catalogEntries.spaceId, spaceId), named))
      .orderBy(asc(catalogEntries.blueprintName))
      .limit(1_000),
    readStars(ctx, spaceId),
    readWaiting(ctx, spaceId),
    readUsageHistory(ctx, spaceId, blueprintName),
    servingConnections(ctx, spaceId),
  ]);
  return entries.map(({ document, grainKinds, ...entry }) => {
    const marks = { isStarred: stars.has(entry.blueprintName), hasChangesWaiting: waiting.has(entry.blueprintName) };
    const kinds = { grainKinds: [...new Set(grainKinds)] };
    const place = whereItRuns({ ...document, ...kinds }, connections);
    return toCard(document, { ...entry, ...marks, ...kinds, ...place }, historyOf(entry.blueprintName));
  });
}

/** Names of everything a space offers. */
export async function readOfferedNames(ctx: Context, spaceId: string): Promise<string[]> {
  const rows = await ctx.db
    .select({ name: catalogEntries.blueprintName })
    .from(catalogEntries)
    .where(eq(catalogEntries.spaceId, spaceId))
    .limit(1_000);
  return rows.map(({ name }) => name);
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
  | "grainKinds"
  | "inputNames"
> &
  WhereItRuns;

function toCard(blueprint: CardDocument, entry: Entry, history: UsageHistory): CatalogCard {
  const { title, description, icon, category, cloud, owner, labels, requires, prompts, duration, synonyms, blocked } =
    blueprint;
  return {
    ...{
      title,
      description,
      icon,
      category,
      cloud,
      owner,
      labels,
      requires,
      prompts,
      duration,
      synonyms,
      blocked,
    },
    ...entry,
    ...history,
    declaredCosts: blueprint.declaredCosts,
    missingPrograms: entry.agent === "local" ? missingPrograms(requires, entry) : [],
  };
}

/** Programs of this host that a launch would need and nobody installed. */
function missingPrograms(required: readonly string[], { connection, grainKinds }: Entry): string[] {
  // A blueprint that was made for the simulator names no program; a connection has its Terraform grains run here.
  const needsTerraform = connection !== null && grainKinds.includes("terraform");
  const hasTerraform = findProgram("terraform");
  const missing = required.filter((name) => !findProgram(name));
  return needsTerraform && !hasTerraform && !missing.includes("terraform") ? [...missing, "terraform"] : missing;
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
