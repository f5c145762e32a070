import type { z } from "zod";
import { requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { RegoErrors } from "#server/rego/errors.ts";
import type { IsolatedAnswer } from "#server/rego/isolated/protocol.ts";
import type { TestStatus } from "#server/rego/testing/run-tests.ts";
import { policyIsolation } from "./isolation.ts";
import type { PolicyInput } from "./list-policies.ts";
import { findBundledPolicy } from "./load-policies.ts";

/** One test of a policy, run in place. */
export type PolicyTestResult = {
  name: string;
  state: "passed" | "failed" | "error";
  message: string | null;
  row: number | null;
  tookMs: number;
  /** What its `print` calls wrote. */
  output: string[];
};

/** How much of the policy the tests reached; rows are of its source. */
export type PolicyCoverage = { percent: number; missed: { from: number; to: number }[] };

export type PolicyTestRun = { results: PolicyTestResult[]; coverage: PolicyCoverage | null };

const states = { pass: "passed", fail: "failed", error: "error", skip: "failed" } as const satisfies Record<
  TestStatus,
  PolicyTestResult["state"]
>;

/** The engine's report in the product's words. */
export function readTestRun({ tests }: IsolatedAnswer, file: string): PolicyTestRun {
  if (!tests) throw new Error("The engine ran no tests.");
  const results = tests.results.map(({ name, status, error, location, durationMs, output, cases }) => {
    const failed = cases.filter(({ fail }) => fail).map((one) => one.name);
    const unheld = failed.length > 0 ? `It did not hold for ${failed.join(", ")}.` : "It did not hold.";
    const message = status === "pass" ? null : status === "skip" ? "It is marked to be skipped." : unheld;
    return { name, state: states[status], message: error ?? message, row: location.row, tookMs: durationMs, output };
  });
  const covered = tests.coverage?.files[file];
  const coverage = covered
    ? {
        percent: covered.coverage,
        missed: covered.notCovered.map(({ start, end }) => ({ from: start.row, to: end.row })),
      }
    : null;
  return { results, coverage };
}

/** Runs a policy's own tests as `npm run test-policies` does: the policy and its test file alone, in a thread of their own. */
export async function runPolicyTests(ctx: Context, input: z.infer<typeof PolicyInput>): Promise<PolicyTestRun> {
  requirePermission(ctx.actor, "policy.read", input.spaceId);
  const policy = findBundledPolicy(input.policyName);
  if (!policy.test) return { results: [], coverage: null };
  const sources = [policy, policy.test].map(({ file, source }) => ({ file, source }));
  try {
    return readTestRun(await policyIsolation().run({ sources, tests: { coverage: true } }), policy.file);
  } catch (error) {
    if (!(error instanceof RegoErrors)) throw error;
    throw new Problem("unavailable", `The tests did not come to an end: ${error.message}`, {
      remedy: "Try again in a moment.",
    });
  }
}
