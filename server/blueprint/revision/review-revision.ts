import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { blueprintRevisions } from "#db/schema/blueprint.ts";
import { recordActor } from "#server/actor.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { notifyChange } from "#server/job/notify-change.ts";
import { checkNesting } from "./check-nesting.ts";
import { findRevision } from "./find-revision.ts";
import { refuseOwnWork } from "./refuse-own-work.ts";
import { type Revision, revisionColumns } from "./revision.ts";

export const ReviewRevisionInput = z.object({
  /** The space in which the reviewer holds the role. */
  spaceId: z.uuid(),
  revisionId: z.uuid(),
  verdict: z.enum(["reviewed", "rejected"]),
  note: z.string().trim().max(2_000).default(""),
});

/** Accepts or rejects a revision. Nobody reviews what he wrote. The same review said again is answered as the first. */
export async function reviewRevision(ctx: Context, input: z.input<typeof ReviewRevisionInput>): Promise<Revision> {
  const { spaceId, revisionId, verdict, note } = ReviewRevisionInput.parse(input);
  requirePermission(ctx.actor, "blueprint.review", spaceId);
  return inTransaction(ctx, async (tx) => {
    const revision = await findRevision(tx, { revisionId });
    if (revision.spaceId !== null) requirePermission(tx.actor, "blueprint.review", revision.spaceId);
    refuseOwnWork(tx.actor, revision.author, "review");
    if (verdict === "rejected" && note === "")
      throw new Problem("bad_input", "A rejection needs a reason.", { place: { path: "note" } });
    if (verdict === "reviewed") await checkNesting(tx, revision.blueprint);
    const [reviewed] = await tx.db
      .update(blueprintRevisions)
      .set({ state: verdict, reviewer: recordActor(tx.actor), reviewNote: note, reviewedAt: tx.clock.now() })
      .where(and(eq(blueprintRevisions.id, revisionId), eq(blueprintRevisions.state, "in_review")))
      .returning(revisionColumns);
    if (!reviewed) {
      const now = await findRevision(tx, { revisionId });
      if (now.state === verdict && now.reviewer?.id === tx.actor.id && now.reviewNote === note) return now;
      throw new Problem("conflict", `The revision is not waiting for review: it is ${now.state.replaceAll("_", " ")}.`);
    }
    await recordEvent(tx, {
      action: "blueprint.reviewed",
      spaceId: revision.spaceId ?? spaceId,
      object: { type: "blueprint", id: revision.blueprintName, name: revision.blueprint.title },
      data: { digest: revision.digest, revisionId, verdict, ...(note ? { note } : {}) },
    });
    await notifyChange(tx, { topic: "catalog", id: revision.blueprintName, spaceId });
    return reviewed;
  });
}
