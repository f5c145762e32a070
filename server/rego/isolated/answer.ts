import { compile, evaluate, type Prepared } from "#server/rego/engine.ts";
import { RegoErrors } from "#server/rego/errors.ts";
import { outline } from "#server/rego/outline.ts";
import { runTests, type TestReport } from "#server/rego/testing/run-tests.ts";
import type { IsolatedAnswer, IsolatedRequest, Question, Reply } from "./protocol.ts";

const maxKept = 50;
const kept = new Map<string, Prepared>();

/** Compiles, or finds what was compiled before; the least recently used goes first. */
function preparedOf(request: IsolatedRequest): Prepared {
  const key = JSON.stringify([request.sources, request.compile]);
  const prepared = kept.get(key) ?? compile(request.sources, request.compile);
  kept.delete(key);
  kept.set(key, prepared);
  const [oldest] = kept.keys();
  if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
  return prepared;
}

function testReport({ sources, compile: options, tests }: IsolatedRequest): TestReport | undefined {
  if (tests === undefined) return undefined;
  const { coverage = false, timeoutMs } = tests;
  return runTests(sources, { coverage, ...(timeoutMs && { timeoutMs }), ...(options && { compile: options }) });
}

function answerTo(request: IsolatedRequest): IsolatedAnswer {
  const tests = testReport(request);
  if (tests !== undefined) return { modules: [], evaluation: undefined, outline: undefined, tests };
  const prepared = preparedOf(request);
  const { query } = request;
  return {
    modules: prepared.modules,
    evaluation: query === undefined ? undefined : evaluate(prepared, query, request.evaluate),
    outline: request.outline && outline(prepared, request.outline.data),
    tests: undefined,
  };
}

/** What a worker does with a question. */
export function answer({ id, request }: Question): Reply {
  try {
    return { id, answer: answerTo(request) };
  } catch (error) {
    if (error instanceof RegoErrors) return { id, errors: error.errors };
    const message = error instanceof Error ? error.message : String(error);
    return { id, errors: [{ code: "eval_internal_error", message, file: "", row: 0, col: 0 }] };
  }
}
