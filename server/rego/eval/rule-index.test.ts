import { expect, test } from "vitest";
import { compile, evaluateRule, evaluateValues } from "#server/rego/engine.ts";
import { parseJson } from "#server/rego/values/parse-json.ts";

const kinds = ["a", "b", "c", "d", "e", "f"];
const rules = kinds.map((kind, i) => `points := ${i} if input.kind == "${kind}"`).join("\n\n");

function prepared(body: string) {
  return compile([{ file: "p.rego", source: `package p\n\nimport rego.v1\n\n${body}\n` }]);
}

test("rules that compare one input with constants are found by it", () => {
  const program = prepared(rules);
  expect(kinds.map((kind) => evaluateRule(program, "data.p.points", { input: { kind } }))).toEqual([0, 1, 2, 3, 4, 5]);
  expect(evaluateRule(program, "data.p.points", { input: { kind: "z" } })).toBeUndefined();
  expect(evaluateRule(program, "data.p.points", { input: {} })).toBeUndefined();
});

test("only the rules that can hold are tried", () => {
  const { steps } = evaluateValues(prepared(rules), { path: "data.p.points" }, { input: { kind: "c" } });
  expect(steps).toBeLessThan(kinds.length);
});

test("rules without such a comparison are tried as well, and conflicts are still found", () => {
  const program = prepared(`${rules}\n\npoints := 9 if input.bonus`);
  expect(evaluateRule(program, "data.p.points", { input: { kind: "z", bonus: true } })).toBe(9);
  expect(() => evaluateRule(program, "data.p.points", { input: { kind: "a", bonus: true } })).toThrow(
    "complete rules must not produce multiple outputs",
  );
});

test("numbers are found by value, however they are written", () => {
  const program = prepared([1, 2, 3, 4, 5].map((n) => `word := "n${n}" if input.n == ${n}`).join("\n\n"));
  const inputValue = parseJson('{"n": 3.0}');
  expect(evaluateRule(program, "data.p.word", { inputValue })).toBe("n3");
});

test("functions are found by argument", () => {
  const bodies = kinds.map((kind) => `f(kind, n) := n if kind == "${kind}"`).join("\n\n");
  expect(evaluateRule(prepared(`${bodies}\n\nall := [f("a", 1), f("f", 2)]`), "data.p.all")).toEqual([1, 2]);
});
