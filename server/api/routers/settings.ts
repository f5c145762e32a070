import { router, signedIn } from "#server/api/trpc.ts";
import { can } from "#server/auth/permissions.ts";
import { findCliConfig } from "#server/grain/terraform/cli-config.ts";
import { showTerraform } from "#server/grain/terraform/find-terraform.ts";
import { isDemoOn, switchOffDemo } from "#server/space/demo.ts";

export const settingsRouter = router({
  demo: signedIn.query(async ({ ctx }) => ({
    isOn: await isDemoOn(ctx.db),
    canSwitchOff: can(ctx.actor, "account.admin", null),
  })),
  /** What this host has for grains that need a program. */
  programs: signedIn.query(async () => {
    const [terraform, opentofu] = await Promise.all([showTerraform("terraform"), showTerraform("opentofu")]);
    return { terraform, opentofu, cliConfig: findCliConfig() };
  }),
  switchOffDemo: signedIn.mutation(({ ctx }) => switchOffDemo(ctx)),
});
