import { and, desc, eq, inArray } from "drizzle-orm";
import { blueprintRevisions } from "#db/schema/blueprint.ts";
import type { Blueprint } from "#server/blueprint/blueprint.ts";
import { nestedBlueprintName } from "#server/blueprint/check/grains.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";

const deepest = 5;

/** Follows nested blueprints, as reviewed so far, and refuses a ring or a tower. */
export async function checkNesting(ctx: Context, blueprint: Blueprint): Promise<void> {
  let level = nestedNames(blueprint);
  for (let depth = 1; level.length > 0; depth++) {
    if (level.includes(blueprint.name))
      throw new Problem("bad_input", `${blueprint.title} nests itself through another blueprint.`, {
        place: { path: "grains" },
        remedy: "Break the ring: nest a blueprint that does not lead back.",
      });
    if (depth > deepest)
      throw new Problem("bad_input", `Blueprints are nested deeper than ${deepest} levels.`, {
        place: { path: "grains" },
      });
    const nested = await Promise.all(level.map((name) => findLatestReviewed(ctx, name)));
    level = [...new Set(nested.flatMap((next) => (next ? nestedNames(next) : [])))];
  }
}

function nestedNames(blueprint: Blueprint): string[] {
  return [...new Set(blueprint.grains.filter((grain) => grain.kind === "blueprint").map(nestedBlueprintName))];
}

async function findLatestReviewed(ctx: Context, name: string): Promise<Blueprint | undefined> {
  const [row] = await ctx.db
    .select({ document: blueprintRevisions.document })
    .from(blueprintRevisions)
    .where(and(eq(blueprintRevisions.blueprintName, name), inArray(blueprintRevisions.state, ["reviewed"])))
    .orderBy(desc(blueprintRevisions.createdAt))
    .limit(1);
  return row?.document as Blueprint | undefined;
}
