import { z } from "zod";
import { publicProcedure, router, signedIn } from "#server/api/trpc.ts";
import { can, type Permission, permissions } from "#server/auth/permissions.ts";
import { openInstallation } from "#server/blueprint/catalog/open-space.ts";
import { config } from "#server/config.ts";
import type { Context } from "#server/context.ts";
import { ChangePasswordInput, changePassword } from "#server/space/change-password.ts";
import { listDemoAccounts } from "#server/space/demo.ts";
import { KeepTimeZoneInput, keepTimeZone } from "#server/space/keep-time-zone.ts";
import { listSpaces } from "#server/space/list-spaces.ts";
import { findPersonById } from "#server/space/person.ts";
import { CompleteSetupInput, isSetupOpen } from "#server/space/setup.ts";

const permissionNames = Object.keys(permissions) as Permission[];

/** Who is signed in, and what he may do in each of his spaces: screens ask here and never compute it. */
async function showMe(ctx: Context) {
  const { timeZone, demo } = await findPersonById(ctx.db, ctx.actor.id);
  const spaces = (await listSpaces(ctx)).map(({ id, slug, name, roles, timeZone: zone }) => ({
    id,
    slug,
    name,
    roles,
    timeZone: zone,
    permissions: permissionNames.filter((permission) => can(ctx.actor, permission, id)),
  }));
  const { id, name, kind } = ctx.actor;
  const email = ctx.actor.kind === "system" ? "" : ctx.actor.email;
  const accountAdmin = ctx.actor.kind === "person" && ctx.actor.accountAdmin;
  return { id, name, kind, email, timeZone, demo, accountAdmin, spaces };
}

export const meRouter = router({
  find: signedIn.query(({ ctx }) => showMe(ctx)),
  changePassword: signedIn.input(ChangePasswordInput).mutation(({ ctx, input }) => changePassword(ctx, input)),
  keepTimeZone: signedIn.input(KeepTimeZoneInput).mutation(({ ctx, input }) => keepTimeZone(ctx, input)),
  signInOptions: publicProcedure.query(async ({ ctx }) => {
    const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_NAME } = config();
    const accounts = await listDemoAccounts(ctx.open.db);
    return {
      oidc: OIDC_ISSUER && OIDC_CLIENT_ID ? { name: OIDC_NAME } : null,
      demoAccounts: accounts.map(({ email, name, title }) => ({ email, name, purpose: title })),
    };
  }),
  findSetup: publicProcedure
    .input(z.object({ token: z.string().max(200) }))
    .query(async ({ ctx, input }) => ({ usable: await isSetupOpen(ctx.open, input.token) })),
  completeSetup: publicProcedure
    .input(CompleteSetupInput)
    .mutation(({ ctx, input }) => openInstallation(ctx.open, input)),
});
