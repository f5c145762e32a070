import { inSpace, router, signedIn } from "#server/api/trpc.ts";
import { can, type Permission, permissions } from "#server/auth/permissions.ts";
import { openSpace } from "#server/blueprint/catalog/open-space.ts";
import { CreatePersonInput, createPerson } from "#server/space/create-person.ts";
import { CreateSpaceInput } from "#server/space/create-space.ts";
import { listMembers } from "#server/space/list-members.ts";
import { listSpaces } from "#server/space/list-spaces.ts";
import { SetMemberRolesInput, setMemberRoles } from "#server/space/set-member-roles.ts";
import { UpdateSpaceInput, updateSpace } from "#server/space/update-space.ts";

const permissionNames = Object.keys(permissions) as Permission[];

export const spaceRouter = router({
  list: signedIn.query(({ ctx }) => listSpaces(ctx)),
  find: inSpace.query(({ ctx }) => ({
    ...ctx.space,
    permissions: permissionNames.filter((permission) => can(ctx.actor, permission, ctx.space.id)),
  })),
  create: signedIn.input(CreateSpaceInput).mutation(({ ctx, input }) => openSpace(ctx, input)),
  update: inSpace
    .input(UpdateSpaceInput.omit({ spaceId: true }))
    .mutation(({ ctx, input: { space: _slug, ...fields } }) => updateSpace(ctx, { ...fields, spaceId: ctx.space.id })),
  members: inSpace.query(({ ctx }) => listMembers(ctx, { spaceId: ctx.space.id })),
  setMemberRoles: signedIn.input(SetMemberRolesInput).mutation(({ ctx, input }) => setMemberRoles(ctx, input)),
  createPerson: signedIn.input(CreatePersonInput).mutation(({ ctx, input }) => createPerson(ctx, input)),
});
