import { inSpace, router } from "#server/api/trpc.ts";
import { removeConnection } from "#server/space/connections.ts";
import { DeleteSecretInput, listSecrets, SaveSecretInput, saveSecret } from "#server/space/secrets.ts";

/** Secrets of a space: written, replaced and deleted here; no procedure reads one. */
export const secretRouter = router({
  list: inSpace.query(({ ctx }) => listSecrets(ctx, { spaceId: ctx.space.id })),
  save: inSpace
    .input(SaveSecretInput.omit({ spaceId: true }))
    .mutation(({ ctx, input: { space: _slug, ...fields } }) => saveSecret(ctx, { ...fields, spaceId: ctx.space.id })),
  delete: inSpace
    .input(DeleteSecretInput.omit({ spaceId: true }))
    .mutation(({ ctx, input }) => removeConnection(ctx, { spaceId: ctx.space.id, name: input.name })),
});
