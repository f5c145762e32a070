import { and, desc, eq, inArray, isNull, lt, or } from "drizzle-orm";
import { z } from "zod";
import { blueprintRevisions, catalogEntries } from "#db/schema/blueprint.ts";
import { can, requirePermission } from "#server/auth/permissions.ts";
import type { Blueprint } from "#server/blueprint/blueprint.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { type FullRevision, type Revision, revisionColumns } from "./revision.ts";

export const FindRevisionInput = z.object({ revisionId: z.uuid() });

/** A revision with its files, for those who may read it: a release's for everybody, a space's for its members. */
export async function findRevision(ctx: Context, input: z.input<typeof FindRevisionInput>): Promise<FullRevision> {
  const { revisionId } = FindRevisionInput.parse(input);
  const [row] = await ctx.db
    .select({ ...revisionColumns, document: blueprintRevisions.document, files: blueprintRevisions.files })
    .from(blueprintRevisions)
    .where(eq(blueprintRevisions.id, revisionId));
  if (!row || !(await isVisible(ctx, row))) throw new Problem("not_found", "There is no such revision.");
  const { document, ...revision } = row;
  return { ...revision, blueprint: document as Blueprint };
}

/** A release's revision is everybody's; a space's own is for its members, and for spaces it was published into. */
async function isVisible(ctx: Context, revision: Revision): Promise<boolean> {
  if (revision.spaceId === null || can(ctx.actor, "blueprint.read", revision.spaceId)) return true;
  const published = await ctx.db
    .select({ spaceId: catalogEntries.spaceId })
    .from(catalogEntries)
    .where(eq(catalogEntries.revisionId, revision.id));
  return published.some(({ spaceId }) => can(ctx.actor, "blueprint.read", spaceId));
}

export const ListRevisionsInput = z.object({
  spaceId: z.uuid(),
  blueprintName: z.string().optional(),
  state: z.enum(["draft", "in_review", "reviewed", "rejected"]).optional(),
  before: z.date().optional(),
  limit: z.number().int().min(1).max(200).default(50),
});

/** Revisions a space can see, newest first: its own and the release's. */
export async function listRevisions(ctx: Context, input: z.input<typeof ListRevisionsInput>): Promise<Revision[]> {
  const { spaceId, blueprintName, state, before, limit } = ListRevisionsInput.parse(input);
  requirePermission(ctx.actor, "blueprint.read", spaceId);
  const published = ctx.db
    .select({ id: catalogEntries.revisionId })
    .from(catalogEntries)
    .where(eq(catalogEntries.spaceId, spaceId));
  return ctx.db
    .select(revisionColumns)
    .from(blueprintRevisions)
    .where(
      and(
        or(
          isNull(blueprintRevisions.spaceId),
          eq(blueprintRevisions.spaceId, spaceId),
          inArray(blueprintRevisions.id, published),
        ),
        blueprintName === undefined ? undefined : eq(blueprintRevisions.blueprintName, blueprintName),
        state === undefined ? undefined : eq(blueprintRevisions.state, state),
        before === undefined ? undefined : lt(blueprintRevisions.createdAt, before),
      ),
    )
    .orderBy(desc(blueprintRevisions.createdAt), desc(blueprintRevisions.id))
    .limit(limit);
}
