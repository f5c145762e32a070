import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { RegoErrors } from "./errors.ts";
import { Isolation } from "./isolated/isolation.ts";
import type { IsolatedAnswer } from "./isolated/protocol.ts";

const folder = join(process.cwd(), "..", "shared", "adversarial");
const present = existsSync(folder);

interface BadPolicy {
  file: string;
  expect: string;
  stage: string;
  code: string;
  input: string;
  want?: string;
}

/** What the engine itself must answer, by the fault of the file; other faults are for the policy layer to judge. */
const wanted: Readonly<Record<string, string>> = {
  REGO_UNSAFE_VAR: "rego_unsafe_var_error",
  REGO_RECURSION: "rego_recursion_error",
  REGO_TYPE: "rego_type_error",
  REGO_BUILTIN_FORBIDDEN: "rego_type_error: unsafe built-in function calls in expression",
  REGO_SYNTAX: "rego_parse_error",
  REGO_TOO_LARGE: "rego_parse_error: policy is larger than",
  REGO_TOO_DEEP: "rego_parse_error: nested too deeply",
  REGO_CONFLICT: "eval_conflict_error",
  REGO_TIMEOUT: "eval_cancel_error",
  REGO_MEMORY: "eval_cancel_error",
  REGO_BUILTIN_ERROR: "eval_builtin_error",
};

function lines<T>(path: string): T[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}

function read(path: string): string {
  return readFileSync(join(folder, path), "utf8");
}

describe.skipIf(!present)("hostile policies", () => {
  const isolation = new Isolation({ size: 1, heapMb: 128, compileMs: 10_000 });
  afterAll(() => isolation.close());

  const run = (source: string, input: string): Promise<IsolatedAnswer | RegoErrors> => {
    const isPlan = input === "plan";
    return isolation
      .run({
        sources: [{ file: "policy.rego", source }],
        query: { path: isPlan ? "data.torque.terraform_plan.deny" : "data.torque.environment.result" },
        evaluate: {
          input: JSON.parse(read(`bad-policies/inputs/${input}.json`)),
          strictBuiltinErrors: true,
          budget: { wallMs: 900 },
        },
      })
      .catch((error: unknown) => {
        if (error instanceof RegoErrors) return error;
        throw error;
      });
  };

  const policies = present ? lines<BadPolicy>(join(folder, "bad-policies", "index.jsonl")) : [];
  test.each(policies)("$file is refused or contained for its fault", async ({ file, code, stage, input }) => {
    const outcome = await run(read(`bad-policies/${file}`), input);
    const text = wanted[code];
    if (code === "REGO_PACKAGE" && stage === "parse")
      expect(String(outcome)).toContain("rego_parse_error: package expected");
    else if (text === undefined) expect(outcome).not.toBeInstanceOf(RegoErrors);
    else expect(String(outcome)).toContain(text);
    expect(process.memoryUsage().rss).toBeLessThan(1_024 * 1_024 * 1_024);
  });

  const controls = present
    ? lines<{ file: string; input: string; want: string }>(join(folder, "controls", "good-policies", "index.jsonl"))
    : [];
  test.each(controls)("$file, which only looks odd, answers $want", async ({ file, input, want }) => {
    const outcome = await run(read(`controls/good-policies/${file}`), input);
    if (outcome instanceof RegoErrors) throw outcome;
    const [value] = outcome.evaluation?.results[0]?.expressions ?? [];
    const answer = Array.isArray(value) ? `deny:${value.length}` : (value as { decision: string }).decision;
    expect(answer).toBe(want);
  });

  test("two policies of one package, each alone, do not meddle with one another", async () => {
    const decisions: unknown[] = [];
    for (const file of ["a-strict.rego", "b-meddles.rego"]) {
      const outcome = await run(read(`bad-policies/pairs/${file}`), "launch");
      if (outcome instanceof RegoErrors) throw outcome;
      decisions.push(outcome.evaluation?.results[0]?.expressions[0]);
    }
    expect(decisions).toMatchObject([{ decision: "Denied" }, { decision: "Approved" }]);
  });
});
