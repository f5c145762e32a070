import { expect, test } from "vitest";
import type { ResourceChange } from "#server/plan/plan.ts";
import { changeVerb, fieldChanges, sortChanges } from "./plan-changes.ts";

function change(address: string, part: Partial<ResourceChange["change"]>): ResourceChange {
  const base = { actions: ["create" as const], before: null, after: null, after_unknown: {} };
  return { address, mode: "managed", type: "t", name: "n", provider_name: "p", change: { ...base, ...part } };
}

test.each([
  [["create"], "create"],
  [["delete", "create"], "replace"],
  [["create", "delete"], "replace"],
  [["delete"], "destroy"],
  [["no-op"], "keep"],
] as const)("%j is to %s", (actions, verb) => {
  expect(changeVerb(actions)).toBe(verb);
});

test("unknown and hidden values are said as such, nested ones by their path", () => {
  const fields = fieldChanges(
    change("a", {
      after: { size: "small", password: "x", disk: [{ gb: 20 }] },
      after_unknown: { id: true },
      after_sensitive: { password: true },
    }),
  );
  expect(fields).toEqual([
    { path: "disk.0.gb", before: null, after: "20" },
    { path: "id", before: null, after: "known after apply" },
    { path: "password", before: null, after: "(hidden)" },
    { path: "size", before: null, after: '"small"' },
  ]);
});

test("only what differs is shown of an update", () => {
  const fields = fieldChanges(change("a", { actions: ["update"], before: { a: 1, b: 2 }, after: { a: 1, b: 3 } }));
  expect(fields).toEqual([{ path: "b", before: "2", after: "3" }]);
});

test("what is destroyed stands on top, data sources are left out", () => {
  const sorted = sortChanges([
    change("z.create", {}),
    change("a.destroy", { actions: ["delete"] }),
    { ...change("data.x", { actions: ["read"] }), mode: "data" },
  ]);
  expect(sorted.map(({ address }) => address)).toEqual(["a.destroy", "z.create"]);
});
