import { z } from "zod";
import { requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { tryingEvaluator } from "./choose-evaluator.ts";
import { judge } from "./judge.ts";
import { findBundledPolicy } from "./load-policies.ts";
import { policiesInSpace } from "./policy-settings.ts";
import type { Verdict } from "./verdict.ts";

export const TryPolicyInput = z.object({
  spaceId: z.uuid(),
  policyName: z.string().max(100),
  /** The document the policy is asked about. */
  input: z.unknown(),
  /** Limits to try instead of the space's own. */
  data: z.record(z.string(), z.unknown()).optional(),
});

/** What a policy would say to a document; stores nothing and changes nothing. */
export async function tryPolicy(ctx: Context, input: z.infer<typeof TryPolicyInput>): Promise<Verdict> {
  requirePermission(ctx.actor, "policy.read", input.spaceId);
  const policy = findBundledPolicy(input.policyName);
  const setting = (await policiesInSpace(ctx, input.spaceId)).find((item) => item.policy.name === policy.name)?.setting;
  return judge(tryingEvaluator(), {
    policy,
    data: input.data ?? setting?.data ?? {},
    input: input.input,
    now: ctx.clock.now(),
  });
}
