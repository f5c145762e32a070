import { inSpace, router } from "#server/api/trpc.ts";
import {
  ConnectionNameInput,
  listConnections,
  removeConnection,
  SaveConnectionInput,
  ServeLaunchesInput,
  saveConnection,
  serveLaunches,
} from "#server/space/connections.ts";

const name = ConnectionNameInput.omit({ spaceId: true });

/** Cloud connections of a space: added, replaced, removed and chosen here; no procedure reads a credential. */
export const connectionRouter = router({
  list: inSpace.query(({ ctx }) => listConnections(ctx, { spaceId: ctx.space.id })),
  save: inSpace
    .input(SaveConnectionInput.omit({ spaceId: true }))
    .mutation(({ ctx, input: { space: _slug, ...fields } }) =>
      saveConnection(ctx, { ...fields, spaceId: ctx.space.id }),
    ),
  remove: inSpace
    .input(name)
    .mutation(({ ctx, input }) => removeConnection(ctx, { spaceId: ctx.space.id, name: input.name })),
  serveLaunches: inSpace
    .input(ServeLaunchesInput.omit({ spaceId: true }))
    .mutation(({ ctx, input: { space: _slug, ...fields } }) =>
      serveLaunches(ctx, { ...fields, spaceId: ctx.space.id }),
    ),
});
