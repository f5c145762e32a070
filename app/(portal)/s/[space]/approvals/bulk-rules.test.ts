import { expect, test } from "vitest";
import { whyNotInBulk } from "./bulk-rules.ts";

const environment = { blueprintName: "namespace", monthlyEstimate: "115.630000", estimateIsOpen: false };
const row = { id: "1", action: "launch", canVote: true, whyNot: null, environment } as const;

test("launches of one blueprint with a small known cost are approved together", () => {
  expect(whyNotInBulk(row, [])).toBeNull();
  expect(whyNotInBulk(row, [{ ...row, id: "2" }])).toBeNull();
});

test.each([
  ["not mine to decide", { ...row, canVote: false, whyNot: "You asked for this." }, /You asked/],
  ["an extension", { ...row, action: "extend" as const }, /Only launches/],
  ["no known cost", { ...row, environment: { ...environment, monthlyEstimate: null } }, /not known/],
  ["an open cost", { ...row, environment: { ...environment, estimateIsOpen: true } }, /not known/],
  ["dear", { ...row, environment: { ...environment, monthlyEstimate: "300.01" } }, /Above 300/],
  ["another blueprint", { ...row, environment: { ...environment, blueprintName: "other" } }, /Another blueprint/],
])("%s is decided on its own page", (_what, other, why) => {
  expect(whyNotInBulk(other, [row])).toMatch(why);
});
