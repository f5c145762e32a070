import { expect, test } from "vitest";
import { diffLines } from "./diff-lines.ts";

test("a changed line is shown with what it was, far lines are folded", () => {
  const lines = Array.from({ length: 20 }, (_, at) => `line ${at + 1}`);
  const changed = lines.with(9, "line ten");
  const shown = diffLines(lines.join("\n"), changed.join("\n"));
  expect(shown[0]).toEqual({ kind: "gap", count: 6 });
  expect(shown).toContainEqual({ kind: "removed", text: "line 10", from: 10, to: null });
  expect(shown).toContainEqual({ kind: "added", text: "line ten", from: null, to: 10 });
  expect(shown.at(-1)).toEqual({ kind: "gap", count: 7 });
});

test("equal texts are one fold", () => {
  expect(diffLines("a\nb\n", "a\nb\n")).toEqual([{ kind: "gap", count: 2 }]);
});
