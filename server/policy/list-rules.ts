import { requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import type { Policy } from "./policy.ts";
import { policiesInSpace } from "./policy-settings.ts";
import { type StaticRule, staticRules } from "./static-rules.ts";

/** A static rule with the policy that holds it and the row where it is written. */
export type ListedRule = StaticRule & {
  policy: string;
  policyTitle: string;
  file: string;
  row: number | null;
  /** Whether its policy judges in this space. */
  enabled: boolean;
};

const rulesByDigest = new Map<string, StaticRule[]>();

/** The table of a policy never changes under one digest. */
function rulesOf(policy: Policy): StaticRule[] {
  const rules = rulesByDigest.get(policy.digest) ?? staticRules(policy);
  rulesByDigest.set(policy.digest, rules);
  return rules;
}

export function ruleRow({ source }: Pick<Policy, "source">, id: string): number | null {
  const row = source.split("\n").findIndex((line) => line.trimStart().startsWith(`"${id}"`));
  return row < 0 ? null : row + 1;
}

/** Every static rule of this release as it stands in a space: what it looks for, how bad it is, and what to do. */
export async function listStaticRules(ctx: Context, input: { spaceId: string }): Promise<ListedRule[]> {
  requirePermission(ctx.actor, "policy.read", input.spaceId);
  const policies = await policiesInSpace(ctx, input.spaceId);
  return policies.flatMap(({ policy, setting }) =>
    rulesOf(policy).map((rule) => ({
      ...rule,
      policy: policy.name,
      policyTitle: policy.title,
      file: policy.file,
      row: ruleRow(policy, rule.id),
      enabled: setting.enabled,
    })),
  );
}
