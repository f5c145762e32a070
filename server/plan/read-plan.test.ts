import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Plan } from "./plan.ts";
import { planHash } from "./plan-hash.ts";
import { normalizePlan, readPlan } from "./read-plan.ts";
import { redactedValue, redactPlan } from "./redact-plan.ts";
import { summarizePlan } from "./summarize-plan.ts";

const sharedPlans = join(process.cwd(), "../shared/plans");

function planOf(change: Record<string, unknown>, more: Record<string, unknown> = {}): Plan {
  const resource = { address: "aws_db_instance.db", type: "aws_db_instance", name: "db", provider_name: "aws", change };
  return normalizePlan({ format_version: "1.2", resource_changes: [resource], ...more });
}

describe.skipIf(!existsSync(sharedPlans))("plans as repositories hold them", () => {
  const names = existsSync(sharedPlans) ? readdirSync(sharedPlans).filter((name) => name.endsWith(".json")) : [];

  test.each(names)("%s loads, is summarised, redacted and hashed", (name) => {
    const plan = readPlan(readFileSync(join(sharedPlans, name), "utf8"));
    const summary = summarizePlan(plan);
    const total = Object.values(summary.counts).reduce((sum, count) => sum + count, 0);
    expect(total).toBe(plan.resource_changes.length);
    expect(summary.resources).toHaveLength(total);
    const redacted = redactPlan(plan);
    expect(summarizePlan(redacted).counts).toEqual(summary.counts);
    expect(planHash(redacted)).toMatch(/^[0-9a-f]{64}$/);
    expect(planHash(readPlan(JSON.stringify(plan)))).toBe(planHash(plan));
  });

  test("the counts of a plan with every action are those of its changes", () => {
    const plan = readPlan(readFileSync(join(sharedPlans, "tfc-aws-522-delete.json"), "utf8"));
    expect(summarizePlan(plan).counts).toMatchObject({ destroy: 2, "no-op": 7, update: 1, create: 5 });
  });
});

test("a replacement is counted once and stands before everything but destroys", () => {
  const entry = (name: string, actions: string[]) => ({
    address: `aws_eip.${name}`,
    type: "aws_eip",
    name,
    change: { actions, before: null, after: {} },
  });
  const plan = normalizePlan({
    format_version: "0.1",
    resource_changes: [
      entry("new", ["create"]),
      entry("swap", ["create", "delete"]),
      entry("gone", ["delete"]),
      entry("same", ["no-op"]),
    ],
  });
  const { counts, resources } = summarizePlan(plan);
  expect(counts).toMatchObject({ create: 1, replace: 1, destroy: 1, "no-op": 1 });
  expect(resources.map((resource) => resource.address)).toEqual([
    "aws_eip.gone",
    "aws_eip.swap",
    "aws_eip.new",
    "aws_eip.same",
  ]);
});

test("a changed tag is one line, an unknown value and a secret are shown as such", () => {
  const plan = planOf({
    actions: ["update"],
    before: { tags: { a: "1", b: "2" }, password: "old-secret", id: "x" },
    after: { tags: { a: "1", b: "3" }, password: "new-secret" },
    after_unknown: { arn: true },
    before_sensitive: { password: true },
    after_sensitive: { password: true },
    replace_paths: [["tags"]],
  });
  const [resource] = summarizePlan(plan).resources;
  expect(resource?.changes).toEqual([
    { path: "tags.b", before: "2", after: "3", isUnknown: false, isSensitive: false, forcesReplacement: true },
    { path: "password", isUnknown: false, isSensitive: true, forcesReplacement: false },
    { path: "id", before: "x", isUnknown: false, isSensitive: false, forcesReplacement: false },
    { path: "arn", isUnknown: true, isSensitive: false, forcesReplacement: false },
  ]);
});

test("no secret of a plan survives redaction, wherever else it is repeated", () => {
  const plan = planOf(
    {
      actions: ["create"],
      before: null,
      after: { password: "hunter22-secret", name: "db" },
      after_unknown: {},
      after_sensitive: { password: true },
    },
    {
      variables: { pw: { value: "hunter22-secret" }, token: { value: "t0ken-value" }, size: { value: 3 } },
      planned_values: {
        root_module: {
          resources: [{ address: "aws_db_instance.db", values: { password: "hunter22-secret" }, sensitive_values: {} }],
        },
      },
      output_changes: {
        dsn: { actions: ["create"], before: null, after: "postgres://x", after_unknown: false, after_sensitive: true },
      },
      configuration: {
        provider_config: { aws: { name: "aws", expressions: { secret_key: { constant_value: "provider-secret" } } } },
        root_module: { variables: { token: { sensitive: true, default: "t0ken-value" } } },
      },
    },
  );
  const stored = JSON.stringify(redactPlan(plan));
  for (const secret of ["hunter22-secret", "t0ken-value", "postgres://x", "provider-secret"])
    expect(stored).not.toContain(secret);
  expect(stored).toContain(redactedValue);
  expect(stored).toContain('"size":{"value":3}');
});

test("the hash ignores the order of keys and resources, and sees any other difference", () => {
  const first = planOf({ actions: ["create"], before: null, after: { a: 1, b: 2 }, after_unknown: {} });
  const second = planOf({ after_unknown: {}, after: { b: 2, a: 1 }, before: null, actions: ["create"] });
  const third = planOf({ actions: ["create"], before: null, after: { a: 1, b: 3 }, after_unknown: {} });
  expect(planHash(first)).toBe(planHash(second));
  expect(planHash(first)).not.toBe(planHash(third));
});

test.each([
  ["no JSON", "{", /not valid JSON/],
  ["a list", "[]", /plan must be an object/],
  ["an unknown format", '{"format_version":"2.0"}', /format version "2.0"/],
  [
    "a change without an address",
    '{"format_version":"1.2","resource_changes":[{}]}',
    /resource_changes\[0\]\.address must be text/,
  ],
  [
    "an action that is none",
    '{"format_version":"1.2","resource_changes":[{"address":"a.b","type":"a","change":{"actions":["explode"]}}]}',
    /"explode"/,
  ],
  ["endless nesting", `{"format_version":"1.2","x":${"[".repeat(5000)}${"]".repeat(5000)}}`, /nested more than/],
])("a document with %s is refused with a reason", (_, text, message) => {
  expect(() => readPlan(text)).toThrow(message);
});
