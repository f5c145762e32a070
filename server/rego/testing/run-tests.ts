import type { Module, Rule } from "#server/rego/ast.ts";
import { constantPath } from "#server/rego/compile/rule-tree.ts";
import { testName } from "#server/rego/compile/test-cases.ts";
import {
  type CompileOptions,
  compile,
  evaluateValues,
  type Prepared,
  type ValueEvaluation,
} from "#server/rego/engine.ts";
import { type Location, RegoErrors } from "#server/rego/errors.ts";
import { lookup } from "#server/rego/eval/lookup.ts";
import type { Source } from "#server/rego/parser/source.ts";
import { refText } from "#server/rego/text-of.ts";
import { displayText } from "#server/rego/values/text.ts";
import { isArray, keyOf, type Value } from "#server/rego/values/value.ts";
import { type Coverage, CoverageRecorder } from "./coverage.ts";

export type TestStatus = "pass" | "fail" | "error" | "skip";

export interface CaseResult {
  name: string;
  fail: boolean;
}

export interface TestResult {
  location: Location;
  package: string;
  name: string;
  status: TestStatus;
  /** Why an evaluation stopped. */
  error?: string;
  durationMs: number;
  /** What `print` wrote. */
  output: string[];
  /** The cases of a parameterised test, in the order they were reached. */
  cases: CaseResult[];
}

export interface TestReport {
  results: TestResult[];
  coverage?: Coverage;
}

export interface TestOptions {
  data?: unknown;
  /** Only tests whose full name (`data.pkg.test_x`) this accepts. */
  accept?: (name: string) => boolean;
  coverage?: boolean;
  timeoutMs?: number;
  compile?: CompileOptions;
}

/** Compiles sources together and runs every test rule in them; throws `RegoErrors` if they do not compile. */
export function runTests(sources: readonly Source[], options: TestOptions = {}): TestReport {
  const prepared = compile(sources, { mockable: true, testCases: true, ...options.compile });
  const recorder = options.coverage === true ? new CoverageRecorder(prepared.compiled.modules) : undefined;
  const seen = new Map<string, number>();
  const results: TestResult[] = [];
  for (const { rule, name } of findTests(prepared.compiled.modules)) {
    const full = `data.${rule.module.packagePath.join(".")}.${name}`;
    if (options.accept?.(full) === false) continue;
    const count = seen.get(full) ?? 0;
    seen.set(full, count + 1);
    const result = runTest(prepared, rule, { options, recorder });
    results.push({ ...result, name: count === 0 ? name : `${name}#${String(count).padStart(2, "0")}` });
  }
  return recorder === undefined ? { results } : { results, coverage: recorder.coverage };
}

/** A parameterised test counts once, however many rules make its cases. */
function findTests(modules: readonly Module[]): { rule: Rule; name: string }[] {
  return modules.flatMap(({ rules }) =>
    rules
      .filter((rule) => testName(rule) !== undefined && !rule.isDefault && rule.head.args === undefined)
      .map((rule) => ({ rule, name: constantName(rule) })),
  );
}

function constantName(rule: Rule): string {
  const length = constantPath(rule).length - rule.module.packagePath.length;
  return refText(rule.head.ref.slice(0, Math.max(length, 1)));
}

interface Run {
  options: TestOptions;
  recorder: CoverageRecorder | undefined;
}

function runTest(prepared: Prepared, rule: Rule, { options, recorder }: Run): Omit<TestResult, "name"> {
  const { loc, module } = rule;
  const base = { location: loc, package: `data.${module.packagePath.join(".")}`, output: [], cases: [] };
  if (testName(rule)?.startsWith("todo_") === true) return { ...base, status: "skip", durationMs: 0 };
  const start = performance.now();
  try {
    const query = refText([
      { type: "var", name: "data", loc },
      ...constantPath(rule).map((value) => ({ type: "scalar" as const, value, loc })),
    ]);
    const run = evaluateValues(
      prepared,
      { path: query },
      {
        data: options.data,
        budget: { wallMs: options.timeoutMs ?? 5_000 },
        ...(recorder === undefined ? {} : { recorder }),
      },
    );
    const { status, cases } = judge(run);
    return {
      ...base,
      status,
      cases,
      output: run.prints.map(({ text }) => text),
      durationMs: performance.now() - start,
    };
  } catch (error) {
    if (!(error instanceof RegoErrors)) throw error;
    return { ...base, status: "error", error: error.message, durationMs: performance.now() - start };
  }
}

function judge({ solutions, cases }: ValueEvaluation): { status: TestStatus; cases: CaseResult[] } {
  const value = solutions[0]?.expressions[0];
  if (cases.length === 0) return { status: value === true ? "pass" : "fail", cases: [] };
  const distinct = new Map(cases.map((path) => [keyOf(path), path]));
  const results = [...distinct.values()].map((path) => ({ name: caseName(path), fail: valueAt(value, path) !== true }));
  return { status: results.some(({ fail }) => fail) ? "fail" : "pass", cases: results };
}

function caseName(path: Value): string {
  return isArray(path) ? path.map(displayText).join("/") : displayText(path);
}

function valueAt(value: Value | undefined, path: Value): Value | undefined {
  let at = value;
  for (const key of isArray(path) ? path : [path]) at = at === undefined ? undefined : lookup(at, key);
  return at;
}
