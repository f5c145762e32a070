import type { CompileOptions, EvaluateOptions, Evaluation, PreparedModule, Query } from "#server/rego/engine.ts";
import type { RegoError } from "#server/rego/errors.ts";
import type { Source } from "#server/rego/parser/source.ts";

/** What an isolated evaluation is told: plain data only, as it crosses to another thread. */
export interface IsolatedRequest {
  sources: readonly Source[];
  compile?: CompileOptions;
  /** Without a query the sources are compiled and no more. */
  query?: Query;
  evaluate?: Omit<EvaluateOptions, "recorder" | "inputValue" | "dataValue">;
}

export interface IsolatedAnswer {
  modules: readonly PreparedModule[];
  evaluation: Evaluation | undefined;
}

export interface Question {
  id: number;
  request: IsolatedRequest;
}

export type Reply = { id: number; answer: IsolatedAnswer } | { id: number; errors: readonly RegoError[] };
