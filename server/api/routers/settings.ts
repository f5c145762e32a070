import { router, signedIn } from "#server/api/trpc.ts";
import { can } from "#server/auth/permissions.ts";
import { isDemoOn, switchOffDemo } from "#server/space/demo.ts";

export const settingsRouter = router({
  demo: signedIn.query(async ({ ctx }) => ({
    isOn: await isDemoOn(ctx.db),
    canSwitchOff: can(ctx.actor, "account.admin", null),
  })),
  switchOffDemo: signedIn.mutation(({ ctx }) => switchOffDemo(ctx)),
});
