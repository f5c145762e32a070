import { expect, test } from "vitest";
import { compile } from "#server/rego/engine.ts";
import { findings } from "./conftest.ts";
import { exitCode, jsonReport, resultLines, summaryLines, totalsOf } from "./report.ts";
import { runTests } from "./run-tests.ts";

const policy = {
  file: "limits.rego",
  source: `package limits

import rego.v1

default result := "Denied"

result := "Approved" if {
	input.minutes <= 60
	print("minutes", input.minutes)
}

result := "Manual" if {
	input.minutes > 60
	input.minutes < 100
}
`,
};

function tests(body: string): { file: string; source: string } {
  return {
    file: "limits_test.rego",
    source: `package limits_test\n\nimport rego.v1\n\nimport data.limits\n\n${body}\n`,
  };
}

function statuses(body: string): [string, string][] {
  return runTests([policy, tests(body)]).results.map(({ name, status }) => [name, status]);
}

test("a test passes if it is true, fails if it is false or undefined, and stops on a conflict", () => {
  const body = `test_short if limits.result == "Approved" with input.minutes as 10

test_long if limits.result == "Approved" with input.minutes as 500

test_false := false

test_conflict if two == 1

two := 1

two := 2

todo_test_later if limits.result`;
  expect(statuses(body)).toEqual([
    ["test_short", "pass"],
    ["test_long", "fail"],
    ["test_false", "fail"],
    ["test_conflict", "error"],
    ["todo_test_later", "skip"],
  ]);
});

test("each case of a parameterised test is told, and one that was reached but did not hold fails it", () => {
  const body = `test_minutes[note] if {
	some note, case in {"short": {"minutes": 5, "want": "Approved"}, "wrong": {"minutes": 5, "want": "Manual"}}
	limits.result == case.want with input.minutes as case.minutes
}`;
  const [result] = runTests([policy, tests(body)]).results;
  expect(result?.status).toBe("fail");
  expect(result?.cases).toEqual([
    { name: "short", fail: false },
    { name: "wrong", fail: true },
  ]);
});

test("rules of one name are told apart by number", () => {
  const names = statuses("test_a if limits\n\ntest_a if limits.result").map(([name]) => name);
  expect(names).toEqual(["test_a", "test_a#01"]);
});

test("built-ins that do not run here can be replaced", () => {
  const body = `answer := http.send({"method": "get", "url": "http://example.invalid"}).status_code

test_answer if answer == 200 with http.send as {"status_code": 200}`;
  expect(statuses(body)).toEqual([["test_answer", "pass"]]);
});

test("coverage counts rows of heads and expressions", () => {
  const { coverage } = runTests([policy, tests('test_short if limits.result == "Approved" with input.minutes as 10')], {
    coverage: true,
  });
  expect(coverage?.files["limits.rego"]).toEqual({
    covered: [
      { start: { row: 7 }, end: { row: 9 } },
      { start: { row: 13 }, end: { row: 13 } },
    ],
    notCovered: [
      { start: { row: 5 }, end: { row: 5 } },
      { start: { row: 12 }, end: { row: 12 } },
      { start: { row: 14 }, end: { row: 14 } },
    ],
    coveredLines: 4,
    notCoveredLines: 3,
    coverage: 57.14,
  });
});

test("the report reads as opa test's", () => {
  const report = runTests([policy, tests('test_short if limits.result == "Approved" with input.minutes as 10')]);
  const [result] = report.results;
  const lines = resultLines({ ...(result as NonNullable<typeof result>), durationMs: 1.26 });
  expect(lines).toEqual(["data.limits_test.test_short: PASS (1.3ms)", "", "  minutes 10", ""]);
  const totals = totalsOf(report.results);
  expect(summaryLines(totals)).toEqual(["-".repeat(80), "PASS: 1/1"]);
  expect(exitCode(totals, false)).toBe(0);
  expect(jsonReport(report)).toMatchObject([
    { package: "data.limits_test", name: "test_short", output: "minutes 10\n" },
  ]);
});

test("conftest's rules are found by name, with messages and exceptions", () => {
  const source = `package main

import rego.v1

deny contains "no name" if not input.name

deny_tags contains {"msg": "no owner", "tag": "owner"} if not input.tags.owner

warn contains "old" if input.version < 2

exception contains rules if {
	input.trusted
	rules := ["tags"]
}
`;
  const prepared = compile([{ file: "main.rego", source }]);
  const found = findings(prepared, "main", { input: { version: 1, trusted: true } });
  expect(found).toEqual([
    { level: "failure", rule: "deny", message: "no name", details: {}, excepted: false },
    { level: "failure", rule: "deny_tags", message: "no owner", details: { tag: "owner" }, excepted: true },
    { level: "warning", rule: "warn", message: "old", details: {}, excepted: false },
  ]);
});
