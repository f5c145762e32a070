import { z } from "zod";
import { inSpace, router, signedIn } from "#server/api/trpc.ts";
import {
  ConfirmInput,
  CreateDraftInput,
  confirmAssumption,
  createDraft,
  DraftIdInput,
  discardDraft,
  EditDraftInput,
  editDraft,
  findDraft,
  listDrafts,
} from "#server/decision/draft.ts";
import { LaunchDraftInput, launchDraft } from "#server/environment/launch-draft.ts";
import { previewDraft } from "#server/environment/preview-draft.ts";

export const draftRouter = router({
  list: inSpace.query(({ ctx }) => listDrafts(ctx, { spaceId: ctx.space.id })),
  find: signedIn.input(DraftIdInput).query(({ ctx, input }) => findDraft(ctx, input)),
  create: inSpace
    .input(z.object({ changes: CreateDraftInput.shape.changes }))
    .mutation(({ ctx, input }) => createDraft(ctx, { spaceId: ctx.space.id, changes: input.changes })),
  edit: signedIn.input(EditDraftInput).mutation(({ ctx, input }) => editDraft(ctx, input)),
  confirmAssumption: signedIn.input(ConfirmInput).mutation(({ ctx, input }) => confirmAssumption(ctx, input)),
  discard: signedIn.input(DraftIdInput).mutation(({ ctx, input }) => discardDraft(ctx, input)),
  preview: signedIn.input(DraftIdInput).query(({ ctx, input }) => previewDraft(ctx, input)),
  launch: signedIn.input(LaunchDraftInput).mutation(({ ctx, input }) => launchDraft(ctx, input)),
});
