import { and, eq, sql } from "drizzle-orm";
import { blueprintRevisions, catalogEntries, catalogStars } from "#db/schema/blueprint.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";

const { document } = blueprintRevisions;

/** What a space offers, by name only: for choosing one of it. Starred ones first, then by title, as in the catalog. */
export async function listOffered(ctx: Context, { spaceId }: { spaceId: string }) {
  requirePermission(ctx.actor, "catalog.read", spaceId);
  const title = sql<string>`coalesce(${document} ->> 'title', ${catalogEntries.blueprintName})`;
  const isMine = and(
    eq(catalogStars.spaceId, catalogEntries.spaceId),
    eq(catalogStars.blueprintName, catalogEntries.blueprintName),
    sql`${catalogStars.personId}::text = ${ctx.actor.id}`,
  );
  return ctx.db
    .select({
      blueprintName: catalogEntries.blueprintName,
      revisionId: catalogEntries.revisionId,
      digest: blueprintRevisions.digest,
      title,
      description: sql<string>`coalesce(${document} ->> 'description', '')`,
      icon: sql<string | null>`${document} ->> 'icon'`,
    })
    .from(catalogEntries)
    .innerJoin(blueprintRevisions, eq(blueprintRevisions.id, catalogEntries.revisionId))
    .leftJoin(catalogStars, isMine)
    .where(eq(catalogEntries.spaceId, spaceId))
    .orderBy(sql`${catalogStars.personId} is null`, sql`lower(${title})`)
    .limit(1_000);
}
