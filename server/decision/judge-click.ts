import type { Blueprint } from "#server/blueprint/blueprint.ts";
import type { Context } from "#server/context.ts";
import { policiesInSpace } from "#server/policy/policy-settings.ts";
import type { Verdict } from "#server/policy/verdict.ts";
import { askPolicies } from "./decide.ts";
import { type Folded, foldVerdicts, sortVerdicts } from "./fold-verdicts.ts";

type Click = {
  space: { id: string; name: string; timeZone: string };
  revision: { blueprint: Blueprint; createdAt: Date };
};

/**
 * What the policies of `torque.consumption` say before anybody fills a form: whether the blueprint may be launched here at
 * all. No policy is no objection: the launch itself is decided later.
 */
export async function judgeClick(ctx: Context, { space, revision }: Click): Promise<Folded & { verdicts: Verdict[] }> {
  const used = (await policiesInSpace(ctx, space.id)).filter(
    ({ policy, setting }) => setting.enabled && policy.packageName === "torque.consumption",
  );
  if (used.length === 0)
    return {
      word: "Approved",
      sentence: "Nothing speaks against it.",
      requiredApprovals: 0,
      warnings: [],
      verdicts: [],
    };
  const { blueprint } = revision;
  const { actor } = ctx;
  const input = {
    blueprint: {
      name: blueprint.name,
      repository: "gantry",
      labels: blueprint.labels.map(({ key, value }) => (value === null ? key : `${key}:${value}`)),
      last_modified: revision.createdAt.toISOString(),
      grains: blueprint.grains.map(({ kind, name }) => ({ kind, name })),
    },
    timezone: space.timeZone,
    space_name: space.name,
    user_email: actor.kind === "system" ? "" : actor.email,
    groups: actor.kind === "system" ? [] : actor.groups,
    roles: { account_roles: [], space_roles: actor.kind === "system" ? [] : (actor.roles[space.id] ?? []) },
    action_identifier: { entity_type: "Blueprint", entity_id: blueprint.name, action_type: "Launch" },
  };
  const verdicts = await askPolicies(used, input, ctx.clock.now());
  return { ...foldVerdicts(verdicts), verdicts: sortVerdicts(verdicts) };
}
