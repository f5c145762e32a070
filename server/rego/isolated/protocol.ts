import type { CompileOptions, EvaluateOptions, Evaluation, PreparedModule, Query } from "#server/rego/engine.ts";
import type { RegoError } from "#server/rego/errors.ts";
import type { Outline } from "#server/rego/outline.ts";
import type { Source } from "#server/rego/parser/source.ts";
import type { TestReport } from "#server/rego/testing/run-tests.ts";

/** What an isolated evaluation is told: plain data only, as it crosses to another thread. */
export interface IsolatedRequest {
  sources: readonly Source[];
  compile?: CompileOptions;
  /** Without a query the sources are compiled and no more. */
  query?: Query;
  evaluate?: Omit<EvaluateOptions, "recorder" | "inputValue" | "dataValue">;
  /** What the sources define and read, given this as base data. */
  outline?: { data: Record<string, unknown> };
  /** Runs the tests among the sources; each may take `timeoutMs`, all of them `totalMs`. */
  tests?: { coverage?: boolean; timeoutMs?: number; totalMs?: number };
}

export interface IsolatedAnswer {
  modules: readonly PreparedModule[];
  evaluation: Evaluation | undefined;
  outline: Outline | undefined;
  tests: TestReport | undefined;
}

export interface Question {
  id: number;
  request: IsolatedRequest;
}

/** The thread has loaded the engine. */
export interface Ready {
  ready: true;
}

export type Reply = { id: number; answer: IsolatedAnswer } | { id: number; errors: readonly RegoError[] };
