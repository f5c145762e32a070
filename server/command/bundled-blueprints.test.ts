import path from "node:path";
import { expect, test } from "vitest";
import { parseBlueprint } from "#server/blueprint/parse-blueprint.ts";
import { listFolders, readFolder } from "#server/blueprint/revision/read-folder.ts";
import { policyEvaluator } from "#server/policy/choose-evaluator.ts";
import { judge } from "#server/policy/judge.ts";
import { defaultData, readPolicyFolder } from "#server/policy/load-policies.ts";
import { planned, planWithDefaults } from "./blueprint-findings.ts";

const root = path.resolve(import.meta.dirname, "../..");
const policies = readPolicyFolder(path.join(root, "policies"));

/** Limits a space starts with; a policy without data of its own reads another's. */
function dataOf(name: string): Record<string, unknown> {
  const policy = policies.get(name);
  if (!policy) return {};
  return policy.dataFrom ? dataOf(policy.dataFrom) : defaultData(policy);
}

test.each(listFolders(path.join(root, "blueprints")))("%s with its defaults passes every plan policy", async (name) => {
  const files = readFolder(path.join(root, "blueprints", name));
  const { blueprint } = parseBlueprint(files, { name });
  const denials: string[] = [];
  for (const grain of blueprint?.grains.filter(({ kind }) => planned.includes(kind)) ?? []) {
    const plan = await planWithDefaults(blueprint!, grain, files);
    const input = { ...plan, gantry: { space_name: "shop", user_email: "owner@example.com", duration_minutes: 60 } };
    for (const policy of policies.values()) {
      if (policy.packageName !== "torque.terraform_plan") continue;
      const question = { policy, data: dataOf(policy.name), input, now: new Date("2026-01-05T10:00:00Z") };
      const verdict = await judge(policyEvaluator(), question);
      if (verdict.word === "Denied") denials.push(`${policy.name}: ${verdict.reason}`);
    }
  }
  expect(denials).toEqual([]);
});
