import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { catalogEntries, catalogStars } from "#db/schema/blueprint.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import type { Blueprint } from "#server/blueprint/blueprint.ts";
import { nearest } from "#server/blueprint/names.ts";
import { findRevision } from "#server/blueprint/revision/find-revision.ts";
import type { FullRevision } from "#server/blueprint/revision/revision.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import type { CatalogCard } from "./catalog.ts";
import { readCards, readOfferedNames } from "./read-entries.ts";
import { type LastLaunch, listLastLaunches } from "./usage-history.ts";

export const FindCatalogItemInput = z.object({ spaceId: z.uuid(), blueprintName: z.string().max(200) });

/** One entry of a space's catalog with its revision: what a page about it or a launch needs. */
export async function findCatalogItem(
  ctx: Context,
  input: z.input<typeof FindCatalogItemInput>,
): Promise<{ card: CatalogCard; revision: FullRevision; lastLaunches: LastLaunch[] }> {
  requirePermission(ctx.actor, "catalog.read", input.spaceId);
  const { spaceId, blueprintName } = FindCatalogItemInput.parse(input);
  const [card] = await readCards(ctx, spaceId, blueprintName);
  if (!card) throw await notOffered(ctx, { spaceId, blueprintName });
  const [revision, lastLaunches] = await Promise.all([
    findRevision(ctx, { revisionId: card.revisionId }),
    listLastLaunches(ctx, { spaceId, blueprintName }),
  ]);
  return { card, revision, lastLaunches };
}

async function notOffered(
  ctx: Context,
  { spaceId, blueprintName }: z.infer<typeof FindCatalogItemInput>,
): Promise<Problem> {
  const near = nearest(blueprintName, await readOfferedNames(ctx, spaceId));
  return new Problem("not_found", `The catalog has no blueprint \`${blueprintName.slice(0, 80)}\`.`, {
    remedy: near ? `Did you mean \`${near}\`?` : "Choose one of the catalog.",
  });
}

/** The published revision a launch uses; cheap, and inside whatever transaction is open. */
export async function findPublishedRevision(
  ctx: Context,
  input: z.input<typeof FindCatalogItemInput>,
): Promise<FullRevision> {
  requirePermission(ctx.actor, "catalog.read", input.spaceId);
  const { spaceId, blueprintName } = FindCatalogItemInput.parse(input);
  const [entry] = await ctx.db
    .select({ revisionId: catalogEntries.revisionId })
    .from(catalogEntries)
    .where(and(eq(catalogEntries.spaceId, spaceId), eq(catalogEntries.blueprintName, blueprintName)));
  if (!entry) throw await notOffered(ctx, { spaceId, blueprintName });
  return findRevision(ctx, entry);
}

/** Why nobody may launch the blueprint just now, or null. */
export function findBlock(blueprint: Blueprint): string | null {
  return blueprint.blocked;
}

/** Throws when the blueprint carries the label `blocked`. */
export function refuseBlocked(blueprint: Blueprint): void {
  if (blueprint.blocked === null) return;
  throw new Problem("conflict", `${blueprint.title} is blocked: ${blueprint.blocked}`, {
    remedy: blueprint.owner.team ? `Ask ${blueprint.owner.team}.` : "Ask its owner.",
  });
}

export const StarBlueprintInput = FindCatalogItemInput.extend({ isStarred: z.boolean() });

/** Marks a blueprint as one's favourite, or takes the mark away. */
export async function starBlueprint(ctx: Context, input: z.input<typeof StarBlueprintInput>): Promise<void> {
  requirePermission(ctx.actor, "catalog.read", input.spaceId);
  const { spaceId, blueprintName, isStarred } = StarBlueprintInput.parse(input);
  const { actor } = ctx;
  if (actor.kind !== "person") throw new Problem("forbidden", "Only people have favourites.");
  await inTransaction(ctx, async (tx) => {
    const star = { personId: actor.id, spaceId, blueprintName };
    if (isStarred) await tx.db.insert(catalogStars).values(star).onConflictDoNothing();
    else
      await tx.db
        .delete(catalogStars)
        .where(
          and(
            eq(catalogStars.personId, actor.id),
            eq(catalogStars.spaceId, spaceId),
            eq(catalogStars.blueprintName, blueprintName),
          ),
        );
  });
}
