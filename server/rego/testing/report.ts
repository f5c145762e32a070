import type { TestReport, TestResult, TestStatus } from "./run-tests.ts";

const rule = "-".repeat(80);
const words: Readonly<Record<TestStatus, string>> = { pass: "PASS", fail: "FAIL", error: "ERROR", skip: "SKIPPED" };

export interface Totals {
  pass: number;
  fail: number;
  error: number;
  skip: number;
  all: number;
}

export function totalsOf(results: readonly TestResult[]): Totals {
  const totals: Totals = { pass: 0, fail: 0, error: 0, skip: 0, all: results.length };
  for (const { status } of results) totals[status]++;
  return totals;
}

/** One line a test, its cases and what it printed below it. */
export function resultLines(result: TestResult): string[] {
  const { status, error, output, cases } = result;
  const time = status === "skip" ? "" : ` (${formatMs(result.durationMs)})`;
  const lines = [`${result.package}.${result.name}: ${words[status]}${time}`];
  for (const one of cases) lines.push(`  ${one.name}: ${one.fail ? "FAIL" : "PASS"}`);
  if (error !== undefined) lines.push(...error.split("\n").map((line) => `  ${line}`));
  if (output.length > 0) lines.push("", ...output.map((line) => `  ${line}`), "");
  return lines;
}

function formatMs(ms: number): string {
  return ms < 1 ? `${(ms * 1000).toFixed(0)}µs` : `${ms.toFixed(1)}ms`;
}

export function summaryLines(totals: Totals): string[] {
  const lines = [rule, `PASS: ${totals.pass}/${totals.all}`];
  if (totals.fail > 0) lines.push(`FAIL: ${totals.fail}/${totals.all}`);
  if (totals.error > 0) lines.push(`ERROR: ${totals.error}/${totals.all}`);
  if (totals.skip > 0) lines.push(`SKIPPED: ${totals.skip}/${totals.all}`);
  return lines;
}

/** 0 if all passed, 2 if any failed, stopped or was skipped. */
export function exitCode(totals: Totals, forgiveSkips: boolean): 0 | 2 {
  return totals.fail + totals.error + (forgiveSkips ? 0 : totals.skip) === 0 ? 0 : 2;
}

/** As `opa test --format=json` writes it. */
export function jsonReport({ results }: TestReport): unknown[] {
  return results.map(({ location, package: pkg, name, status, error, durationMs, output, cases }) => ({
    location,
    package: pkg,
    name,
    ...(status === "fail" ? { fail: true } : {}),
    ...(status === "skip" ? { skip: true } : {}),
    ...(error === undefined ? {} : { error }),
    duration: Math.round(durationMs * 1e6),
    ...(output.length > 0 ? { output: `${output.join("\n")}\n` } : {}),
    ...(cases.length > 0
      ? {
          sub_results: Object.fromEntries(
            cases.map((one) => [one.name, { name: one.name, ...(one.fail ? { fail: true } : {}) }]),
          ),
        }
      : {}),
  }));
}
