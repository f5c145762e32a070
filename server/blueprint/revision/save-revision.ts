import { and, eq, isNull, or } from "drizzle-orm";
import { z } from "zod";
import { blueprintRevisions, type RevisionState } from "#db/schema/blueprint.ts";
import { recordActor } from "#server/actor.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import type { Blueprint, BlueprintProblem } from "#server/blueprint/blueprint.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { notifyChange } from "#server/job/notify-change.ts";
import { blueprintNamePattern, checkFolder, parseOrThrow } from "./check-folder.ts";
import { digestFiles, type Revision, revisionColumns } from "./revision.ts";

export const SaveRevisionInput = z.object({
  spaceId: z.uuid(),
  blueprintName: z.string().regex(blueprintNamePattern),
  /** Path inside the folder to text, `blueprint.yaml` included. */
  files: z.record(z.string(), z.string()),
});

/**
 * Keeps a new version of a blueprint, waiting for review. The same files again give the same revision.
 * A file that is wrong is refused with every error's place, and nothing is kept.
 */
export async function saveRevision(
  ctx: Context,
  input: z.input<typeof SaveRevisionInput>,
): Promise<{ revision: Revision; blueprint: Blueprint; warnings: BlueprintProblem[] }> {
  requirePermission(ctx.actor, "blueprint.write", input.spaceId);
  const { spaceId, blueprintName, files } = SaveRevisionInput.parse(input);
  checkFolder(files);
  const { blueprint, warnings } = parseOrThrow(blueprintName, files);
  const revision = await inTransaction(ctx, async (tx) => {
    const known = await findByDigest(tx, { spaceId, blueprintName, digest: digestFiles(files) });
    return known ?? insertRevision(tx, { spaceId, blueprint, files, state: "in_review" });
  });
  return { revision, blueprint, warnings };
}

/** The space's own revision with these files, or the release's. */
export async function findByDigest(
  ctx: Context,
  { spaceId, blueprintName, digest }: { spaceId: string | null; blueprintName: string; digest: string },
): Promise<Revision | undefined> {
  const { spaceId: owner } = blueprintRevisions;
  const [found] = await ctx.db
    .select(revisionColumns)
    .from(blueprintRevisions)
    .where(
      and(
        eq(blueprintRevisions.blueprintName, blueprintName),
        eq(blueprintRevisions.digest, digest),
        spaceId === null ? isNull(owner) : or(isNull(owner), eq(owner, spaceId)),
      ),
    )
    .limit(1);
  return found;
}

type NewRevision = {
  spaceId: string | null;
  blueprint: Blueprint;
  files: Record<string, string>;
  state: RevisionState;
};

/** Writes the row and its event. Only for verbs of this folder, inside their transaction. */
export async function insertRevision(
  tx: Context,
  { spaceId, blueprint, files, state }: NewRevision,
): Promise<Revision> {
  const now = tx.clock.now();
  const isReviewed = state === "reviewed";
  const [row] = await tx.db
    .insert(blueprintRevisions)
    .values({
      spaceId,
      blueprintName: blueprint.name,
      digest: digestFiles(files),
      source: files["blueprint.yaml"] ?? "",
      files,
      document: blueprint,
      state,
      author: recordActor(tx.actor),
      reviewer: isReviewed ? recordActor(tx.actor) : null,
      reviewNote: isReviewed ? "Comes with the release." : null,
      createdAt: now,
      reviewedAt: isReviewed ? now : null,
    })
    .returning(revisionColumns);
  if (!row) throw new Error("The revision was not written.");
  await recordEvent(tx, {
    action: "blueprint.revision_created",
    spaceId,
    object: { type: "blueprint", id: blueprint.name, name: blueprint.title },
    data: { digest: row.digest, revisionId: row.id },
  });
  await notifyChange(tx, { topic: "catalog", id: blueprint.name, spaceId });
  return row;
}
