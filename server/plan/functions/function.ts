import type { EvaluationContext, Scope } from "#server/plan/eval/scope.ts";
import type { Position } from "#server/plan/plan-error.ts";
import type { Type } from "#server/plan/value/type.ts";
import type { Value } from "#server/plan/value/value.ts";

/** What a function may use besides its arguments. */
export type Call = { readonly context: EvaluationContext; readonly scope: Scope; readonly at: Position };

/**
 * One of Terraform's functions.
 * - `whole`: an unknown or secret part anywhere in an argument makes the whole result unknown or secret.
 * - `parts`: only the arguments themselves must be known; the function keeps unknown and secret elements as they are.
 * - `raw`: the function deals with unknown, null and secret arguments itself.
 */
export type FunctionSpec = {
  parameters: readonly Type[];
  /** The type of further arguments, where any number is allowed. */
  rest?: Type;
  /** How many further arguments are allowed at most. */
  maxRest?: number;
  returns: Type | ((values: readonly Value[]) => Type);
  reads: "whole" | "parts" | "raw";
  allowsNull?: true;
  apply(values: readonly Value[], call: Call): Value;
};

export type FunctionTable = Readonly<Record<string, FunctionSpec>>;
