import { describe, expect, test } from "vitest";
import type { PolicyAnswer, PolicyEvaluator } from "./evaluator.ts";
import { judge } from "./judge.ts";
import { findBundledPolicy } from "./load-policies.ts";

const now = new Date("2026-03-02T10:00:00Z");

/** An evaluator that answers as told, whatever it is asked. */
function answering(answer: () => Promise<PolicyAnswer>): PolicyEvaluator {
  return { engine: "told", evaluate: answer };
}

function judged(name: string, answer: () => Promise<PolicyAnswer>) {
  return judge(answering(answer), { policy: findBundledPolicy(name), data: {}, input: {}, now });
}

const onRequest = (result: unknown) => judged("maximum-duration", async () => ({ result, facts: [] }));
const onPlan = (answer: Partial<PolicyAnswer>) => judged("required-tags", async () => ({ facts: [], ...answer }));

describe("whatever goes wrong with a policy of a request is a denial that names it", () => {
  test.each([
    ["no result", undefined],
    ["null", null],
    ["a bare word", "Approved"],
    ["true", true],
    ["an empty object", {}],
    ["a word of another case", { decision: "approved" }],
    ["an unknown word", { decision: "Allow" }],
    ["no word but a reason", { reason: "fine" }],
    ["a list of results", [{ decision: "Approved" }]],
    ["a reason that is no text", { decision: "Approved", reason: { a: 1 } }],
    ["no approver at all", { decision: "Manual", approvals: 0 }],
    ["half an approver", { decision: "Manual", approvals: 1.5 }],
    ["warnings that are no texts", { decision: "Approved", warnings: [1] }],
    ["a flood of warnings", { decision: "Approved", warnings: Array.from({ length: 51 }, () => "careful") }],
  ])("%s", async (_what, result) => {
    const verdict = await onRequest(result);
    expect(verdict).toMatchObject({ word: "Denied", policy: "maximum-duration", error: expect.any(String) });
    expect(verdict.reason).toContain("Maximum duration");
  });
});

describe("whatever goes wrong with a policy of a plan is a denial", () => {
  test.each([
    ["no deny rule", {}],
    ["a deny that is true", { deny: true }],
    ["a deny that is an object", { deny: { msg: "x" } }],
    ["an entry that is a number", { deny: [1] }],
    ["an entry without a message", { deny: [{ rule: "x" }] }],
    ["a warn that is no set", { deny: [], warn: true }],
  ])("%s", async (_what, answer) => {
    expect(await onPlan(answer)).toMatchObject({ word: "Denied", error: expect.any(String) });
  });
});

describe("an evaluator that fails", () => {
  test.each([
    ["throws an error", new Error("out of memory")],
    ["throws something else", "a text"],
  ])("%s: denied", async (_what, thrown) => {
    const verdict = await judged("required-tags", () => Promise.reject(thrown));
    expect(verdict).toMatchObject({ word: "Denied", error: expect.any(String) });
  });
});

test.each(["Approved", "Manual", "Denied"] as const)("a proper %s passes through unchanged", async (decision) => {
  expect(await onRequest({ decision, reason: "Because." })).toMatchObject({ word: decision, reason: "Because." });
});
