import { expect, test } from "vitest";
import { launchWish } from "./launch-wish.ts";

const decision = (word: "Approved" | "Manual" | "Denied", requiredApprovals = 0) => ({
  word,
  sentence: `${word}.`,
  requiredApprovals,
});
const eligible = [{ name: "Ada" }, { name: "Bo" }];

test.each([
  [{ problems: [], decision: decision("Approved"), eligible: [] }, "can", "Launch"],
  [{ problems: [], decision: decision("Manual", 1), eligible }, "can", "Request approval"],
  [{ problems: [], decision: decision("Denied"), eligible: [] }, "cannot", "Cannot launch"],
  [{ problems: [{}], decision: null, eligible: [] }, "incomplete", "Show what is missing"],
  [undefined, "cannot", "Checking…"],
] as const)("%j: the button %s, %s", (preview, kind, label) => {
  expect(launchWish(preview)).toMatchObject({ kind, label });
});

test("who can approve is named; too few are said before the click", () => {
  expect(launchWish({ problems: [], decision: decision("Manual", 1), eligible }).reason).toBe(
    "One of Ada, Bo can approve.",
  );
  expect(launchWish({ problems: [], decision: decision("Manual", 3), eligible }).reason).toMatch(/only 2 other people/);
});
