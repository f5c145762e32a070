import { expect, test } from "vitest";
import { compile } from "./engine.ts";
import { outline } from "./outline.ts";

const source = `package torque.environment

import rego.v1

import data.limits

default result := {"decision": "Approved"}

result := {"decision": "Denied"} if too_long(input.duration_minutes)

too_long(minutes) if minutes > limits.max

reasons contains "kind" if {
	some grain in input.blueprint.grains
	grain.kind in data.kinds[input.space_name]
	not data.torque.environment.result
}

hours[name] := n if some name, n in data.limits.hours
`;

test("a policy tells what it defines and what it reads", () => {
  const { rules, data, input } = outline(compile([{ file: "policy.rego", source }]));
  expect(rules.map(({ name, kind, row, isDefault }) => [name, kind, row, isDefault])).toEqual([
    ["result", "value", 7, true],
    ["result", "value", 9, false],
    ["too_long", "function", 11, false],
    ["reasons", "set", 13, false],
    ["hours", "object", 19, false],
  ]);
  expect(data).toEqual(["data.kinds", "data.limits.hours", "data.limits.max"]);
  expect(input).toEqual(["input.blueprint.grains", "input.duration_minutes", "input.space_name"]);
});

const guarded = (rules: string) => `package torque.environment

import rego.v1

${rules}
`;

function approvals(rules: string, data: Record<string, unknown> = {}) {
  const { rules: found } = outline(compile([{ file: "policy.rego", source: guarded(rules) }]), data);
  return found
    .filter(({ name }) => name === "result")
    .map(({ fields, absent, canHold }) => [fields.decision, absent, canHold]);
}

const limited = `default result := {"decision": "Approved"}
result := {"decision": "Denied"} if too_long
too_long if input.minutes > data.limits.max`;

test("a rule that needs data which is not there cannot hold, one beside it can", () => {
  expect(approvals(limited)).toEqual([
    ["Approved", [], true],
    ["Denied", ["data.limits.max"], false],
  ]);
  expect(approvals(limited, { limits: { max: 5 } })).toEqual([
    ["Approved", [], true],
    ["Denied", [], true],
  ]);
});

test("a negation of what is not there holds", () => {
  expect(
    approvals(`result := {"decision": "Approved"} if not too_long
too_long if input.minutes > data.limits.max`),
  ).toEqual([["Approved", ["data.limits.max"], true]]);
});

test("each branch of an else is looked at", () => {
  expect(
    approvals(`result := {"decision": "Denied"} if data.spaces[input.space].frozen
else := {"decision": "Approved"}`),
  ).toEqual([
    ["Denied", ["data.spaces"], false],
    ["Approved", [], true],
  ]);
});

test("a comprehension over what is not there is empty, a collection walked must be there", () => {
  expect(approvals(`result := {"decision": "Approved"} if count({x | some x in data.frozen}) == 0`)).toEqual([
    ["Approved", ["data.frozen"], true],
  ]);
  expect(approvals(`result := {"decision": "Approved"} if some x in data.spaces`)).toEqual([
    ["Approved", ["data.spaces"], false],
  ]);
});

test("rules that ask one another many times over are looked at once", () => {
  const chain = Array.from({ length: 40 }, (_, i) => `r${i} := [r${i + 1}, r${i + 1}, r${i + 1}]`).join("\n");
  expect(approvals(`result := {"decision": "Denied"} if r0\n${chain}\nr40 := data.limit`)).toEqual([
    ["Denied", ["data.limit"], false],
  ]);
});

test("a default that is a value stands in for what is not there, one that is an answer does not", () => {
  const limitedBy = (fallback: string) => `default limit := 5\nlimit := data.limit\n${fallback}`;
  expect(approvals(limitedBy('result := {"decision": "Approved"} if input.minutes < limit'))).toEqual([
    ["Approved", [], true],
  ]);
  expect(
    approvals(
      'default over := false\nover if input.minutes > data.limit\nresult := {"decision": "Approved"} if not over',
    ),
  ).toEqual([["Approved", ["data.limit"], true]]);
});
