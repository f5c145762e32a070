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
