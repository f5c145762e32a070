import { RegoObject } from "#server/rego/values/rego-object.ts";
import type { Value } from "#server/rego/values/value.ts";
import type { Builtin, FunctionBuiltin } from "./builtin.ts";
import { any, array, arrayOf, boolean, object, setOf, string, type TypeSpec } from "./type-spec.ts";

/**
 * Built-ins that speak of the evaluation itself. Printing, test cases and metadata are answered by the
 * evaluator, which knows the rule and the place; here they only have a signature.
 */
function known(name: string, params: readonly TypeSpec[], [result, answer]: [TypeSpec, Value]): FunctionBuiltin {
  return { name, params, result, call: () => answer };
}

const holds: [TypeSpec, Value] = [boolean, true];
const parts = arrayOf(setOf(any));

export const evaluation: readonly Builtin[] = [
  { ...known("print", [], holds), variadic: true },
  known("internal.print", [parts], holds),
  known("internal.test_case", [parts], holds),
  known("rego.metadata.chain", [], [array, []]),
  known("rego.metadata.rule", [], [any, RegoObject.empty]),
  { ...known("trace", [string], holds), deterministic: false },
  { ...known("opa.runtime", [], [object, RegoObject.empty]), deterministic: false },
];
