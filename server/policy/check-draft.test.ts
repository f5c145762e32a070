import { afterAll, describe, expect, test } from "vitest";
import { Problem } from "#server/errors.ts";
import { checkDraft } from "./check-draft.ts";
import { policyIsolation } from "./isolation.ts";
import { bundledPolicies, defaultData } from "./load-policies.ts";

afterAll(() => policyIsolation().close());

const request = (body: string, metadata = "") => `${metadata}package torque.environment\n\nimport rego.v1\n\n${body}\n`;
const plan = (body: string) => `package torque.terraform_plan\n\nimport rego.v1\n\n${body}\n`;
const approving = 'result := {"decision": "Approved"} if input.duration_minutes < 60';
const guarded = `default result := {"decision": "Approved"}

result := {"decision": "Denied"} if input.duration_minutes > data.limits.most`;
const declared =
  "# METADATA\n# title: Most minutes\n# custom:\n#   data:\n#     most: {type: minutes, title: Most, default: 60}\n";

async function refusal(source: string): Promise<Problem> {
  const error = await checkDraft(source).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Problem)) throw new Error(`expected a Problem, got ${String(error)}`);
  return error;
}

describe("a draft is refused at its place, by its rule, with a remedy", () => {
  test.each([
    ["broken syntax", request("result := {"), "rego_parse_error", 6],
    ["an unbound variable", request("result := x"), "rego_unsafe_var_error", 5],
    [
      "a call that reaches out",
      request('result := http.send({"method": "get", "url": "http://x.invalid"})'),
      "rego_type_error",
      5,
    ],
    ["a package the gate does not ask", request(approving).replace("environment", "enviroment"), "package", 1],
    ["no rule that is asked", request("allow := true"), "no_result", 1],
    ["a plan policy without a denial", plan("allow := true"), "no_result", 1],
    ["a guard on data that is not there", request(guarded), "fail_open", 7],
    ["a denial that can never hold", plan('deny contains "no" if data.never'), "fail_open", 5],
    ["an annotation that is not YAML", request(approving, "# METADATA\n# title: [\n"), undefined, 1],
  ])("%s", async (_what, source, rule, row) => {
    const problem = await refusal(source);
    expect(problem).toMatchObject({ place: { file: "draft.rego", row }, remedy: expect.stringMatching(/\w/) });
    expect(problem.details?.rule).toBe(rule);
  });

  test("one that is too large", async () => {
    expect(await refusal(`${request(approving)}# ${"x".repeat(300_000)}`)).toMatchObject({ code: "too_large" });
  });
});

test("a draft tells what it defines and reads, and what a release would still need", async () => {
  const { policy, rules, reads, warnings } = await checkDraft(request(approving));
  expect(policy.packageName).toBe("torque.environment");
  expect(rules).toMatchObject([{ name: "result", kind: "value", row: 5 }]);
  expect(reads).toEqual({ input: ["input.duration_minutes"], data: [] });
  expect(warnings.join()).toMatch(/METADATA/);
});

test("a limit that the annotation declares is there, and so is one that is given", async () => {
  const source = request(guarded.replace("data.limits.most", "data.most"), declared);
  expect((await checkDraft(source)).warnings).toEqual([]);
  expect((await checkDraft(request(guarded), { limits: { most: 5 } })).data).toEqual({ limits: { most: 5 } });
});

test.each([...bundledPolicies().values()])("$name, which is released, is accepted as a draft", async (policy) => {
  const owner = policy.dataFrom ? bundledPolicies().get(policy.dataFrom) : undefined;
  const { warnings } = await checkDraft(policy.source, owner && defaultData(owner));
  expect(warnings).toEqual([]);
});
