import { builtins } from "#server/rego/builtins/registry.ts";
import { compile, type EvaluateOptions, evaluateValues, type Prepared } from "#server/rego/engine.ts";
import { RegoErrors } from "#server/rego/errors.ts";
import type { Solution } from "#server/rego/eval/evaluate.ts";
import { parseModule } from "#server/rego/parser/module.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { isArray, type Value } from "#server/rego/values/value.ts";
import type { Case } from "./case.ts";
import { judgeBindings, judgeValues } from "./expected.ts";
import { lexerFault } from "./lexer-cases.ts";

export interface Judgement {
  status: "passed" | "refused" | "failed";
  reason?: string;
}

const granted = [...builtins.values()].filter(({ deterministic }) => deterministic === false).map(({ name }) => name);
/** OPA 0.48 signed other bytes (its JSON had spaces) and had other texts for these faults than OPA 1.x, which we follow. */
const grantedInV0Suite = granted.filter((name) => !name.startsWith("io.jwt.encode_sign"));
const refusedText = /not available in this engine|its answer is not the same every time/;

export function runCase(suite: string, test: Case): Judgement {
  if (suite === "regorus-lexer") return judgement(lexerFault(test));
  if (suite === "regorus-parser") return judgement(parserFault(test));
  const first = runAsMeant(suite, test);
  if (!(first instanceof RegoErrors) || !refusedText.test(first.message)) return judgement(textOf(first));
  const names = [...first.message.matchAll(/expression: (\S+) /g)].map((match) => match[1] as string);
  const text = test.texts("modules").join("\n");
  if (!names.every((name) => text.includes(`with ${name} as`))) return { status: "refused", reason: first.message };
  return judgement(textOf(runOnce(suite, test, { ...asOpa, mockable: true })));
}

interface Mode {
  mockable: boolean;
  typeCheck: boolean;
  strictErrors: boolean;
}

const asOpa: Mode = { mockable: false, typeCheck: true, strictErrors: true };

/**
 * regorus has no static types, and its strictness does not reach every built-in: a case of its that ours,
 * as OPA's, refuse for either is run again without.
 */
function runAsMeant(suite: string, test: Case): string | RegoErrors | undefined {
  let outcome = runOnce(suite, test, asOpa);
  const stopped = (codes: readonly string[]) =>
    outcome instanceof RegoErrors && codes.includes(outcome.code) && !refusedText.test(outcome.message);
  if (suite !== "regorus") return outcome;
  if (stopped(["rego_type_error"])) outcome = runOnce(suite, test, { ...asOpa, typeCheck: false });
  if (!stopped(["eval_type_error", "eval_builtin_error"])) return outcome;
  return runOnce(suite, test, { ...asOpa, typeCheck: false, strictErrors: false });
}

function textOf(fault: string | RegoErrors | undefined): string | undefined {
  return fault instanceof RegoErrors ? fault.message : fault;
}

function judgement(fault: string | undefined): Judgement {
  return fault === undefined ? { status: "passed" } : { status: "failed", reason: fault };
}

/** What is wrong; an error nobody expected is given back as such. */
function runOnce(suite: string, test: Case, mode: Mode): string | RegoErrors | undefined {
  try {
    const prepared = compile(test.sources, {
      regoVersion: test.version,
      strict: test.flag("strict"),
      mockable: mode.mockable,
      typeCheck: mode.typeCheck,
      capabilities: { allow: suite === "opa-v0" ? grantedInV0Suite : granted },
    });
    if (suite === "opa-compile") return compileOutcome(test, prepared);
    return resultFault(test, prepared, mode.strictErrors);
  } catch (error) {
    if (!(error instanceof RegoErrors)) return `crashed: ${error instanceof Error ? error.stack : String(error)}`;
    return errorFault(test, error);
  }
}

function compileOutcome(test: Case, prepared: Prepared): string | undefined {
  const query = test.text("query");
  if (query !== undefined) prepared.query(query);
  return test.text("want_compile") === "ok" ? undefined : "compiled, though an error is wanted";
}

function expectsError(test: Case): boolean {
  return ["want_error", "want_error_code", "want_compile_errors", "want_error_any"].some(
    (name) => test.get(name) !== undefined,
  );
}

function errorFault(test: Case, error: RegoErrors): string | RegoErrors | undefined {
  if (!expectsError(test)) return error;
  const wanted = test.get("want_compile_errors");
  if (wanted !== undefined && isArray(wanted)) {
    const got = error.errors.map(({ code, message }) => `${code}: ${message}`).sort();
    const want = wanted.map(String).sort();
    if (got.join("\n") !== want.join("\n")) return `got ${got.join(" | ")}, want ${want.join(" | ")}`;
  }
  const code = test.text("want_error_code");
  if (code !== undefined && error.errors.every((one) => one.code !== code))
    return refusedText.test(error.message) ? error : `got ${error.message}, want ${code}`;
  const text = test.text("want_error");
  if (text !== undefined && !error.message.includes(text))
    return refusedText.test(error.message) ? error : `got ${error.message}, want ${text}`;
  return undefined;
}

function resultFault(test: Case, prepared: Prepared, strictErrors: boolean): string | undefined {
  const inputs = inputsOf(test, prepared);
  const solutions: Solution[] = [];
  const prints: string[] = [];
  for (const inputValue of inputs) {
    const options: EvaluateOptions = { strictBuiltinErrors: strictErrors && test.flag("strict_error") };
    if (inputValue !== undefined) options.inputValue = inputValue;
    const data = test.get("data");
    if (data !== undefined) options.dataValue = data;
    const run = evaluateValues(prepared, test.text("query") ?? "true", options);
    solutions.push(...run.solutions);
    prints.push(
      ...run.prints.map(({ file, row, text }) => `${file.replace(/^test-(\d+).rego$/, "rego_$1")}:${row}: ${text}`),
    );
  }
  if (expectsError(test)) return "no error, though one is wanted";
  const printed = test.get("want_prints");
  if (printed !== undefined && isArray(printed) && printed.map(String).join("\n") !== prints.join("\n"))
    return `printed ${prints.join(" | ")}`;
  return solutionsFault(test, solutions);
}

function inputsOf(test: Case, prepared: Prepared): (Value | undefined)[] {
  const term = test.text("input_term");
  if (term !== undefined) {
    const { solutions } = evaluateValues(prepared, `x = ${term}`);
    return [solutions[0]?.bindings.get("x")];
  }
  const input = test.get("input");
  const many = input instanceof RegoObject ? input.get("many!") : undefined;
  return many !== undefined && isArray(many) ? [...many] : [input];
}

function solutionsFault(test: Case, solutions: readonly Solution[]): string | undefined {
  if (test.flag("want_undefined")) return solutions.length === 0 ? undefined : "has a result, though none is wanted";
  const result = test.get("want_result");
  if (result !== undefined) return judgeBindings(test, solutions, result);
  const values = test.get("want_values");
  if (values !== undefined) return judgeValues(solutions, values);
  const defined = test.get("want_defined");
  return defined === undefined || defined === solutions.length > 0 ? undefined : `defined: ${solutions.length > 0}`;
}

function parserFault(test: Case): string | undefined {
  try {
    for (const { file, source } of test.sources) parseModule(file, source, test.version);
    return test.text("want_parse") === "ok" ? undefined : "parsed, though an error is wanted";
  } catch (error) {
    if (!(error instanceof RegoErrors)) return `crashed: ${String(error)}`;
    return test.text("want_parse") === "ok" ? error.message : undefined;
  }
}
