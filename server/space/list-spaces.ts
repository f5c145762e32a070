import { asc, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { spaces } from "#db/schema/space.ts";
import type { Role } from "#server/actor.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import type { Space } from "./space.ts";

/** A space and what the asker may be in it. */
export type SpaceListing = Space & { roles: readonly Role[] };

/** The spaces the actor belongs to, by name; an account admin and Gantry itself see all. */
export async function listSpaces(ctx: Context): Promise<SpaceListing[]> {
  const { actor } = ctx;
  const held = actor.kind === "system" ? {} : actor.roles;
  const seesAll = actor.kind === "system" || actor.accountAdmin;
  const ids = Object.keys(held).filter((id) => (held[id]?.length ?? 0) > 0);
  if (!seesAll && ids.length === 0) return [];
  const rows = await ctx.db
    .select()
    .from(spaces)
    .where(seesAll ? undefined : inArray(spaces.id, ids))
    .orderBy(asc(spaces.name), asc(spaces.id))
    .limit(500);
  return rows.map((space) => ({ ...space, roles: held[space.id] ?? [] }));
}

export const FindSpaceInput = z.object({ slug: z.string().max(80) });

/** The space by its short name; to strangers it does not exist. */
export async function findSpace(ctx: Context, input: z.input<typeof FindSpaceInput>): Promise<SpaceListing> {
  const [space] = await ctx.db.select().from(spaces).where(eq(spaces.slug, input.slug));
  if (!space) throw new Problem("not_found", `There is no space "${input.slug}", or you cannot see it.`);
  requirePermission(ctx.actor, "space.read", space.id);
  return { ...space, roles: ctx.actor.kind === "system" ? [] : (ctx.actor.roles[space.id] ?? []) };
}
