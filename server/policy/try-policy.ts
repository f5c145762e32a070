import { z } from "zod";
import { requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { compile, evaluate, isRegoErrors } from "#server/rego/engine.ts";
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

const testName = /^(test_\w+)/gm;

/** Runs a policy's own tests as `npm run test-policies` does: the policy and its test file alone. */
export function runPolicyTests(ctx: Context, input: z.infer<typeof PolicyInput>): PolicyTestResult[] {
  requirePermission(ctx.actor, "policy.read", input.spaceId);
  const policy = findBundledPolicy(input.policyName);
  const { test } = policy;
  if (!test) return [];
  const prepared = compile(
    [policy, test].map(({ file, source }) => ({ file, source })),
    { mockable: true },
  );
  const packageName = /^package\s+([\w.]+)/m.exec(test.source)?.[1] ?? policy.packageName;
  const names = [...new Set([...test.source.matchAll(testName)].map((match) => match[1] ?? ""))];
  return names.map((name) => {
    const began = performance.now();
    const row = test.source.slice(0, test.source.search(new RegExp(`^${name}\\b`, "m"))).split("\n").length;
    const finished = (state: PolicyTestResult["state"], message: string | null) => ({
      name,
      state,
      message,
      row,
      tookMs: performance.now() - began,
    });
    try {
      const { results } = evaluate(prepared, { path: `data.${packageName}.${name}` }, { now: ctx.clock.now() });
      return results[0]?.expressions[0] === true ? finished("passed", null) : finished("failed", "It did not hold.");
    } catch (error) {
      return finished("error", isRegoErrors(error) ? error.message : "The test could not be run.");
    }
  });
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
