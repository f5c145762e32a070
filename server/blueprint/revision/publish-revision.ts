import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { catalogEntries } from "#db/schema/blueprint.ts";
import { recordActor } from "#server/actor.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { wasLastAct } from "#server/audit/was-last-act.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { notifyChange } from "#server/job/notify-change.ts";
import { findRevision } from "./find-revision.ts";
import { refuseOwnWork } from "./refuse-own-work.ts";

export const PublishRevisionInput = z.object({ spaceId: z.uuid(), revisionId: z.uuid() });

/** Offers a reviewed revision in a space's catalog, in place of the one offered before. Not for its author. */
export async function publishRevision(ctx: Context, input: z.input<typeof PublishRevisionInput>): Promise<void> {
  const { spaceId, revisionId } = PublishRevisionInput.parse(input);
  requirePermission(ctx.actor, "blueprint.publish", spaceId);
  await inTransaction(ctx, async (tx) => {
    const revision = await findRevision(tx, { revisionId });
    if (tx.actor.kind !== "system") refuseOwnWork(tx.actor, revision.author, "publish");
    if (revision.state !== "reviewed")
      throw new Problem("conflict", `Only a reviewed revision can be published; this one is ${revision.state}.`, {
        remedy: "Have it reviewed first.",
      });
    await setEntry(tx, { spaceId, revision: { ...revision, title: revision.blueprint.title } });
  });
}

type Publishing = { spaceId: string; revision: { id: string; blueprintName: string; digest: string; title: string } };

/** Writes the entry and its event. Only for verbs of this folder, inside their transaction. */
export async function setEntry(tx: Context, { spaceId, revision }: Publishing): Promise<void> {
  const { blueprintName, digest, id: revisionId } = revision;
  const place = and(eq(catalogEntries.spaceId, spaceId), eq(catalogEntries.blueprintName, blueprintName));
  const [before] = await tx.db
    .select({ revisionId: catalogEntries.revisionId })
    .from(catalogEntries)
    .where(place)
    .for("update");
  if (before?.revisionId === revisionId) return;
  const published = { revisionId, publishedBy: recordActor(tx.actor), publishedAt: tx.clock.now() };
  await tx.db
    .insert(catalogEntries)
    .values({ spaceId, blueprintName, ...published })
    .onConflictDoUpdate({ target: [catalogEntries.spaceId, catalogEntries.blueprintName], set: published });
  await recordEvent(tx, {
    action: "blueprint.published",
    spaceId,
    object: { type: "blueprint", id: blueprintName, name: revision.title },
    data: { digest, revisionId, replacedRevisionId: before?.revisionId ?? null },
  });
  await notifyChange(tx, { topic: "catalog", id: blueprintName, spaceId });
}

export const UnpublishInput = z.object({ spaceId: z.uuid(), blueprintName: z.string() });

/** Takes a blueprint out of a space's catalog. What runs already goes on. Asked again by the same person, nothing happens. */
export async function unpublish(ctx: Context, input: z.input<typeof UnpublishInput>): Promise<void> {
  const { spaceId, blueprintName } = UnpublishInput.parse(input);
  requirePermission(ctx.actor, "blueprint.publish", spaceId);
  await inTransaction(ctx, async (tx) => {
    const [removed] = await tx.db
      .delete(catalogEntries)
      .where(and(eq(catalogEntries.spaceId, spaceId), eq(catalogEntries.blueprintName, blueprintName)))
      .returning({ revisionId: catalogEntries.revisionId });
    if (!removed) {
      const object = { type: "blueprint", id: blueprintName };
      const among = ["blueprint.published", "blueprint.unpublished"] as const;
      if (await wasLastAct(tx, { spaceId, object, action: "blueprint.unpublished", among })) return;
      throw new Problem("not_found", "The catalog has no such blueprint.");
    }
    const { digest, blueprint } = await findRevision(tx, removed);
    await recordEvent(tx, {
      action: "blueprint.unpublished",
      spaceId,
      object: { type: "blueprint", id: blueprintName, name: blueprint.title },
      data: { digest, revisionId: removed.revisionId },
    });
    await notifyChange(tx, { topic: "catalog", id: blueprintName, spaceId });
  });
}
