import type { CallTerm, Module } from "#server/rego/ast.ts";
import { builtins, refusedBuiltins } from "#server/rego/builtins/registry.ts";
import { type RegoError, regoError } from "#server/rego/errors.ts";
import { visitCalls } from "./function-calls.ts";
import { builtinName, isDataRef } from "./signatures.ts";

/** Which built-ins beyond the pure ones a caller grants. */
export interface BuiltinPolicy {
  granted: ReadonlySet<string>;
  /** Built-ins that do not run here compile, for tests that put something else in their place. */
  mockable: boolean;
}

/** Calls of built-ins that are deprecated, that do not run here, or that were not granted. */
export function checkBuiltins(module: Module, policy: BuiltinPolicy, strict: boolean): RegoError[] {
  const errors: RegoError[] = [];
  const check = (call: CallTerm) => {
    const name = isDataRef(call.operator.parts) ? undefined : builtinName(call.operator.parts);
    if (name === undefined) return;
    const message = deprecation(name, module, strict) ?? refusal(name, policy);
    if (message !== undefined) errors.push(regoError("rego_type_error", call.loc, message));
  };
  for (const rule of module.rules) visitCalls(rule, check);
  return errors;
}

function deprecation(name: string, module: Module, strict: boolean): string | undefined {
  if (builtins.get(name)?.deprecated !== true || !(strict || module.strictSyntax)) return undefined;
  return `deprecated built-in function calls in expression: ${name}`;
}

function refusal(name: string, { granted, mockable }: BuiltinPolicy): string | undefined {
  if (mockable || granted.has(name)) return undefined;
  const unsafe = `unsafe built-in function calls in expression: ${name}`;
  if (refusedBuiltins.has(name)) return `${unsafe} (not available in this engine: set OPA_URL to evaluate with OPA)`;
  if (builtins.get(name)?.deterministic !== false) return undefined;
  return `${unsafe} (its answer is not the same every time: pass what it would give as input)`;
}
