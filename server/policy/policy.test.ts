import { describe, expect, test } from "vitest";
import { policyEvaluator } from "./choose-evaluator.ts";
import { judge } from "./judge.ts";
import { bundledPolicies, defaultData, findBundledPolicy, readPolicy } from "./load-policies.ts";

const now = new Date("2026-03-02T10:00:00Z");

function ask(name: string, input: unknown, data = defaultData(findBundledPolicy(name))) {
  return judge(policyEvaluator(), { policy: findBundledPolicy(name), data, input, now });
}

function written(body: string) {
  const source = `# METADATA\n# title: Trial\npackage torque.environment\n\n${body}\n`;
  return judge(policyEvaluator(), {
    policy: readPolicy("policies/trial.rego", source, null),
    data: {},
    input: {},
    now,
  });
}

test("every bundled policy has a test beside it", () => {
  for (const policy of bundledPolicies().values()) expect(policy.test, policy.name).not.toBeNull();
});

test("a denial names rule, place, the facts it read and the limit", async () => {
  const verdict = await ask("maximum-duration", { duration_minutes: 20_000 });
  expect(verdict).toMatchObject({
    word: "Denied",
    field: "duration",
    limit: { path: "data.max_minutes", value: 10_080 },
    location: { file: "policies/environment/maximum-duration.rego" },
  });
  expect(verdict.facts).toContainEqual({ path: "input.duration_minutes", value: 20_000 });
  expect(verdict.location?.row).toBeGreaterThan(1);
});

test("a plan policy's denial carries its message", async () => {
  const plan = {
    resource_changes: [
      {
        address: "aws_s3_bucket_acl.a",
        type: "aws_s3_bucket_acl",
        change: { actions: ["create"], after: { acl: "public-read" } },
      },
    ],
  };
  expect(await ask("no-public-bucket", plan)).toMatchObject({
    word: "Denied",
    reason: expect.stringContaining("aws_s3_bucket_acl.a"),
  });
});

describe("a policy that fails lets nothing pass", () => {
  test.each([
    ["no result", "other := 1"],
    ["an unknown word", 'result := {"decision": "Fine"}'],
    ["another shape", 'result := "Approved"'],
    ["a failing built-in", 'result := {"decision": "Approved"} if to_number("eighty") < 100'],
    ["two results", 'result := {"decision": "Approved"}\nresult := {"decision": "Denied"}'],
    ["no end", 'f(n) := g(n)\ng(n) := f(n)\nresult := {"decision": "Approved"} if f(1)'],
    ["a forbidden built-in", 'result := {"decision": "Approved"} if time.now_ns() > 0'],
    ["broken source", "result := {"],
  ])("%s", async (_what, body) => {
    const verdict = await written(body);
    expect(verdict.word).toBe("Denied");
    expect(verdict.error).toBeDefined();
    expect(verdict.reason).toContain("Trial");
  });
});
