import { inSpace, router, signedIn } from "#server/api/trpc.ts";
import { DiffRevisionsInput, diffRevisions } from "#server/blueprint/revision/diff-revisions.ts";
import {
  FindRevisionInput,
  findRevision,
  ListRevisionsInput,
  listRevisions,
} from "#server/blueprint/revision/find-revision.ts";
import {
  PublishRevisionInput,
  publishRevision,
  UnpublishInput,
  unpublish,
} from "#server/blueprint/revision/publish-revision.ts";
import { ReviewRevisionInput, reviewRevision } from "#server/blueprint/revision/review-revision.ts";
import { SaveRevisionInput, saveRevision } from "#server/blueprint/revision/save-revision.ts";

export const blueprintRouter = router({
  revisions: inSpace
    .input(ListRevisionsInput.omit({ spaceId: true }))
    .query(({ ctx, input }) => listRevisions(ctx, { ...input, spaceId: ctx.space.id })),
  revision: signedIn.input(FindRevisionInput).query(({ ctx, input }) => findRevision(ctx, input)),
  diff: signedIn.input(DiffRevisionsInput).query(({ ctx, input }) => diffRevisions(ctx, input)),
  save: inSpace
    .input(SaveRevisionInput.omit({ spaceId: true }))
    .mutation(({ ctx, input: { space: _slug, ...fields } }) => saveRevision(ctx, { ...fields, spaceId: ctx.space.id })),
  review: signedIn.input(ReviewRevisionInput).mutation(({ ctx, input }) => reviewRevision(ctx, input)),
  publish: signedIn.input(PublishRevisionInput).mutation(({ ctx, input }) => publishRevision(ctx, input)),
  unpublish: signedIn.input(UnpublishInput).mutation(({ ctx, input }) => unpublish(ctx, input)),
});
