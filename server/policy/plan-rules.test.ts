import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { runTests } from "#server/rego/testing/run-tests.ts";
import { embeddedEvaluator } from "./embedded-evaluator.ts";
import { judge } from "./judge.ts";
import { bundledPolicies, defaultData } from "./load-policies.ts";
import { staticRules } from "./static-rules.ts";

const planPolicies = [...bundledPolicies().values()].filter((policy) => policy.packageName === "torque.terraform_plan");
const withRules = planPolicies.filter(({ file }) => file.includes("/rules/"));

const all = withRules.flatMap((policy) => staticRules(policy).map((rule) => ({ id: rule.id, rule, policy })));

test("at least forty static rules, each id once, for all three clouds", () => {
  expect(all.length).toBeGreaterThanOrEqual(40);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const cloud of ["aws-", "azure-", "google-"])
    expect(all.filter(({ id }) => id.startsWith(cloud)).length).toBeGreaterThan(10);
});

test.each(all)("$id says why, what to do and where to read more; only high severity denies", ({ id, rule, policy }) => {
  expect(rule.reason.length).toBeGreaterThan(15);
  expect(rule.remedy.length).toBeGreaterThan(10);
  expect(rule.references.length).toBeGreaterThan(0);
  for (const address of rule.references) expect(address).toMatch(/^https:\/\/\S+$/);
  const denies = new RegExp(`^deny contains .*finding\\("${id}"`, "m").test(policy.source);
  const warns = new RegExp(`^warn contains .*finding\\("${id}"`, "m").test(policy.source);
  expect({ denies, warns }).toEqual({ denies: rule.severity === "high", warns: rule.severity !== "high" });
});

/** A rule whose tests still pass when it never speaks, or always does, is not tested. */
describe.each(withRules.map((policy) => ({ name: policy.name, policy })))("$name", ({ policy }) => {
  const failuresWith = (source: string) =>
    runTests([{ file: policy.file, source }, policy.test!]).results.filter(({ status }) => status !== "pass").length;

  test("passes its tests", () => {
    expect(failuresWith(policy.source)).toBe(0);
  });

  test.each(staticRules(policy))("$id is seen to speak and to be silent", ({ id }) => {
    expect(failuresWith(policy.source.replaceAll(`finding("${id}"`, `finding("${id}-off"`))).toBeGreaterThan(0);
    const always = `\nwarn contains object.union({"rule": "${id}"}, {"msg": "always"}) if input\n`;
    expect(failuresWith(policy.source + always)).toBeGreaterThan(0);
  });
});

const plans = path.resolve("../shared/plans");

describe.skipIf(!fs.existsSync(plans))("real plans", () => {
  const files = fs.existsSync(plans) ? fs.readdirSync(plans).filter((name) => name.endsWith(".json")) : [];

  test.each(files)("%s is judged by every plan policy without an error", async (file) => {
    const input = JSON.parse(fs.readFileSync(path.join(plans, file), "utf8")) as unknown;
    const errors: string[] = [];
    for (const policy of planPolicies) {
      const owner = policy.dataFrom ? bundledPolicies().get(policy.dataFrom) : policy;
      const question = { policy, data: defaultData(owner ?? policy), input, now: new Date("2026-01-05T10:00:00Z") };
      const verdict = await judge(embeddedEvaluator, question);
      if (verdict.error) errors.push(`${policy.name}: ${verdict.error}`);
    }
    expect(errors).toEqual([]);
  });
});
