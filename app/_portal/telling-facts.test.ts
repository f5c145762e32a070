import { expect, test } from "vitest";
import { tellingFacts } from "./telling-facts.ts";

const size = { path: "input.inputs.size", value: "g5.xlarge" };
const slots = {
  path: "input.gantry.slots",
  value: { region: { values: ["eu-north-1", "eu-west-1"], kind: "region" } },
};
const space = { path: "input.space", value: "payments" };
const owner = { path: "input.owner", value: "maya" };

test("the fact that the reason names comes first, the rest is folded", () => {
  const told = tellingFacts({ facts: [slots, space, owner, size], reason: "g5.xlarge is not allowed here." });
  expect(told).toEqual({ first: [size], rest: [slots, space, owner] });
});

test("the fact of the field that would have to change comes first", () => {
  const told = tellingFacts({ facts: [space, size], reason: "Too large.", field: "inputs.size" });
  expect(told.first).toEqual([size]);
});

test("a few short facts are all shown, a long one never at once", () => {
  const told = tellingFacts({ facts: [slots, space, owner], reason: "Allowed." });
  expect(told.first).toEqual([space, owner]);
  expect(told.rest).toEqual([slots]);
});

test("the limit, which is told by itself, is not repeated among the facts", () => {
  const limit = { path: "data.max_active", value: 5 };
  const told = tellingFacts({ facts: [owner, limit], reason: "5 is the most.", limit });
  expect(told).toEqual({ first: [owner], rest: [] });
});

test("what was asked for comes before what it was held against, and parts of the limit are not repeated", () => {
  const limit = { path: "data.allowed_regions", value: ["eu-west-1", "eu-north-1"] };
  const parts = [
    { path: "data.allowed_regions[0]", value: "eu-west-1" },
    { path: "data.allowed_regions[1]", value: "eu-north-1" },
  ];
  const asked = { path: "input.inputs.region", value: "us-east-1" };
  const told = tellingFacts({
    facts: [...parts, asked],
    reason: "us-east-1 is not allowed: eu-west-1, eu-north-1.",
    limit,
  });
  expect(told).toEqual({ first: [asked], rest: [] });
});
