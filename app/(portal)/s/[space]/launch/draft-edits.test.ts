import { expect, test } from "vitest";
import { mergeEdits, withEdits } from "./draft-edits.ts";

const draft = { blueprintName: "web", name: "", inputs: { a: "1" }, durationMinutes: 60, setSecrets: ["token"] };

test("edits of the same field: the later one wins; others stay", () => {
  expect(mergeEdits({ name: "x", inputs: { a: "1", b: "2" } }, { inputs: { a: "3" } })).toEqual({
    name: "x",
    inputs: { a: "3", b: "2" },
  });
});

test("a value taken away leaves the draft, so that its default holds again", () => {
  expect(withEdits(draft, { inputs: { a: null, b: "2" } }).inputs).toEqual({ b: "2" });
});

test("a secret is known by name only", () => {
  expect(withEdits(draft, { sensitive: { key: "s3cret", token: null } }).setSecrets).toEqual(["key"]);
});

test("no end is an edit, not a missing one", () => {
  expect(withEdits(draft, { durationMinutes: null }).durationMinutes).toBeNull();
  expect(withEdits(draft, {}).durationMinutes).toBe(60);
});
