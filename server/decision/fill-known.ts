import { eq } from "drizzle-orm";
import { spaces } from "#db/schema/space.ts";
import type { Blueprint } from "#server/blueprint/blueprint.ts";
import { findValueProblem } from "#server/blueprint/input-value.ts";
import type { Context } from "#server/context.ts";
import { policiesInSpace } from "#server/policy/policy-settings.ts";
import type { Evidence } from "./evidence.ts";

type Known = Record<string, { value: string; evidence: Evidence }>;

/**
 * Inputs that nobody needs to type: who owns it, which cost center pays, and a region that is allowed where the
 * blueprint's own default is not. Each says where it comes from.
 */
export async function fillKnown(ctx: Context, spaceId: string, blueprint: Blueprint): Promise<Known> {
  const [space] = await ctx.db
    .select({ name: spaces.name, tags: spaces.tags })
    .from(spaces)
    .where(eq(spaces.id, spaceId));
  const regions = (await policiesInSpace(ctx, spaceId)).find(
    ({ policy, setting }) => policy.name === "allowed-regions" && setting.enabled,
  );
  const allowed = (regions?.setting.data.allowed_regions ?? []) as string[];
  const known: Known = {};
  for (const input of blueprint.inputs.filter((item) => !item.sensitive)) {
    const fits = (value: string | undefined): value is string =>
      value !== undefined && findValueProblem(input, value) === null;
    const costCenter = space?.tags["cost-center"];
    const email = ctx.actor.kind === "system" ? undefined : ctx.actor.email;
    if (input.kind === "cost_center" && fits(costCenter))
      known[input.name] = {
        value: costCenter,
        evidence: { source: "space_setting", reference: `${space?.name}: tag cost-center` },
      };
    if (input.kind === "owner_tag" && fits(email))
      known[input.name] = { value: email, evidence: { source: "space_setting", reference: "you are signed in" } };
    if (input.kind === "region" && regions && input.default !== undefined && !allowed.includes(input.default)) {
      const region = allowed.find(fits);
      if (region) known[input.name] = { value: region, evidence: { source: "policy", reference: regions.policy.name } };
    }
  }
  return known;
}
