import { z } from "zod";
import { requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { RegoErrors } from "#server/rego/errors.ts";
import { type CheckedDraft, checkDraft, draftProblem } from "./check-draft.ts";
import { isolatedEvaluator } from "./isolated-evaluator.ts";
import { policyIsolation } from "./isolation.ts";
import { judge } from "./judge.ts";
import { type PolicyTestRun, readTestRun } from "./policy-tests.ts";
import type { Verdict } from "./verdict.ts";

export const TryDraftInput = z.object({
  spaceId: z.uuid(),
  /** The Rego somebody is writing. */
  source: z.string().min(1, "Write the policy first.").max(4_000_000),
  /** Its tests, if there are any yet. */
  tests: z.string().max(500_000).optional(),
  /** The document it is asked about; without one it is only checked. */
  input: z.unknown().optional(),
  data: z.record(z.string(), z.unknown()).optional(),
});

export type DraftTrial = Omit<CheckedDraft, "policy" | "data"> & {
  packageName: string;
  title: string;
  verdict: Verdict | null;
  tests: PolicyTestRun | null;
};

const testFile = "draft_test.rego";

async function testsOf(source: string, tests: string | undefined): Promise<PolicyTestRun | null> {
  if (!tests?.trim()) return null;
  const sources = [
    { file: "draft.rego", source },
    { file: testFile, source: tests },
  ];
  try {
    return readTestRun(
      await policyIsolation().run({ sources, tests: { coverage: true, timeoutMs: 1_000, totalMs: 5_000 } }),
      "draft.rego",
    );
  } catch (error) {
    throw error instanceof RegoErrors ? draftProblem(error, testFile) : error;
  }
}

/**
 * Checks a policy somebody is writing, runs its tests and asks it about a document, all in threads that end by force when
 * they must. Stores nothing: a policy comes into use with a reviewed release.
 */
export async function tryDraft(ctx: Context, input: z.infer<typeof TryDraftInput>): Promise<DraftTrial> {
  requirePermission(ctx.actor, "policy.edit", input.spaceId);
  const { policy, data, ...checked } = await checkDraft(input.source, input.data);
  const tests = await testsOf(input.source, input.tests);
  const question = { policy, data, input: input.input, now: ctx.clock.now() };
  const verdict = input.input === undefined ? null : await judge(isolatedEvaluator, question);
  return { ...checked, packageName: policy.packageName, title: policy.title, verdict, tests };
}
