import { describe, expect, test } from "vitest";
import { checkInputs } from "./check-inputs.ts";
import { parseBlueprint } from "./parse-blueprint.ts";
import { matchesPattern } from "./pattern.ts";
import { parseDuration } from "./read/duration.ts";

const { blueprint } = parseBlueprint({
  "blueprint.yaml": `spec_version: 2
gantry: {inputs: {count: {type: number, min: 1, max: 5, unit: machines}, fast: {type: bool}}}
inputs:
  name: {pattern: '^[a-z]+$', validation-description: Lower-case letters only.}
  region: {allowed-values: [eu-west-1, us-east-1], default: eu-west-1}
  count: {default: "2"}
  fast: {default: "false"}
  keep: {style: duration, default: PT4H}
  gpus: {style: multi-select, allowed-values: [A100, L40], default: '["L40"]'}
  secret: {sensitive: true, pattern: '^.{12,}$'}
grains: {a: {kind: shell, spec: {activities: {deploy: {commands: ['true']}}}}}
`,
});

const given = { name: "web", secret: "long enough to pass" };
function check(inputs: Record<string, string>) {
  if (!blueprint) throw new Error("no blueprint");
  return checkInputs(blueprint, inputs);
}

describe("inputs of a launch", () => {
  test("are completed with the defaults", () => {
    const { values, problems } = check(given);
    expect(problems).toEqual([]);
    expect(values).toEqual({ ...given, region: "eu-west-1", count: "2", fast: "false", keep: "PT4H", gpus: '["L40"]' });
  });

  test.each([
    ["a missing value", { name: "" }, "name", "missing"],
    ["a value outside the choices", { region: "mars" }, "region", "allowed values"],
    ["a value that breaks the pattern", { name: "Web 1" }, "name", "pattern"],
    ["a number outside its bounds", { count: "9" }, "count", "number"],
    ["a number in words", { count: "two" }, "count", "number"],
    ["a number too large to be one", { count: "1e9" }, "count", "number"],
    ["a flag in words", { fast: "yes" }, "fast", "true or false"],
    ["a duration below zero", { keep: "-PT4H" }, "keep", "duration"],
    ["a choice of several with one wrong", { gpus: '["L40","T4"]' }, "gpus", "allowed values"],
    ["a list that is no JSON", { gpus: "L40,A100" }, "gpus", "JSON"],
    ["an unknown name", { regoin: "eu-west-1" }, "regoin", "no input"],
    ["a text without end", { name: "a".repeat(5_000) }, "name", "longer"],
  ])("%s is refused with its place and a remedy", (_, wrong, input, word) => {
    const { problems } = check({ ...given, ...wrong });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ input, message: expect.stringContaining(word) });
    expect(problems[0]?.remedy).not.toBe("");
  });

  test("never repeat a sensitive value in a message", () => {
    const { problems } = check({ ...given, secret: "hunter2" });
    expect(JSON.stringify(problems)).not.toContain("hunter2");
  });

  test("named like a part of every object are simply unknown", () => {
    const { problems, values } = check({ ...given, ...JSON.parse('{"__proto__": "x", "constructor": "y"}') });
    expect(problems.map(({ input }) => input).sort()).toEqual(["__proto__", "constructor"]);
    expect(Object.keys(values)).not.toContain("constructor");
  });
});

test("a pattern's time does not explode with the value", () => {
  const start = process.cpuUsage();
  expect(matchesPattern("^(a+)+$", `${"a".repeat(4_000)}!`)).toBe(false);
  expect(matchesPattern(String.raw`^([a-zA-Z0-9._-]+)+@([a-zA-Z0-9-]+\.)+[a-zA-Z]{2,}$`, "a".repeat(4_000))).toBe(
    false,
  );
  expect(matchesPattern(String.raw`^[\w-\.]+@([\w-]+\.)+[\w-]{2,4}$`, "jo@example.com")).toBe(true);
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(400);
});

test.each([
  ["P1DT4H", 1680],
  ["PT90M", 90],
  ["4h", 240],
  ["2d", 2880],
  ["P1W", 10_080],
  ["-PT8H", null],
  ["P", null],
  ["PT", null],
  ["soon", null],
])("the duration %s is %s minutes", (text, minutes) => {
  expect(parseDuration(text)).toBe(minutes);
});
