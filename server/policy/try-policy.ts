import { z } from "zod";
import { requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { runTests, type TestStatus } from "#server/rego/testing/run-tests.ts";
import { policyEvaluator } from "./choose-evaluator.ts";
import { judge } from "./judge.ts";
import type { PolicyInput } from "./list-policies.ts";
import { findBundledPolicy } from "./load-policies.ts";
import { policiesInSpace } from "./policy-settings.ts";
import type { Verdict } from "./verdict.ts";

/** One test of a policy, run in place. */
export type PolicyTestResult = {
  name: string;
  state: "passed" | "failed" | "error";
  message: string | null;
  row: number | null;
  tookMs: number;
};

const states = { pass: "passed", fail: "failed", error: "error", skip: "failed" } as const satisfies Record<
  TestStatus,
  PolicyTestResult["state"]
>;

/** Runs a policy's own tests as `npm run test-policies` does: the policy and its test file alone. */
export function runPolicyTests(ctx: Context, input: z.infer<typeof PolicyInput>): PolicyTestResult[] {
  requirePermission(ctx.actor, "policy.read", input.spaceId);
  const policy = findBundledPolicy(input.policyName);
  if (!policy.test) return [];
  const sources = [policy, policy.test].map(({ file, source }) => ({ file, source }));
  return runTests(sources).results.map(({ name, status, error, location, durationMs }) => ({
    name,
    state: states[status],
    message:
      error ?? (status === "pass" ? null : status === "skip" ? "It is marked to be skipped." : "It did not hold."),
    row: location.row,
    tookMs: durationMs,
  }));
}

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
  return judge(policyEvaluator(), {
    policy,
    data: input.data ?? setting?.data ?? {},
    input: input.input,
    now: ctx.clock.now(),
  });
}
