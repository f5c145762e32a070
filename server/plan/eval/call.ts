import type { FunctionSpec } from "#server/plan/functions/function.ts";
import { findFunction } from "#server/plan/functions/registry.ts";
import type { Expression } from "#server/plan/hcl/syntax.ts";
import { locate, PlanError, withoutValues } from "#server/plan/plan-error.ts";
import { convert } from "#server/plan/value/convert.ts";
import {
  findUnknown,
  isSensitiveWithin,
  isUnknown,
  itemsOf,
  unknown,
  unmarkDeep,
  type Value,
  withSensitivity,
} from "#server/plan/value/value.ts";
import { evaluate } from "./evaluate.ts";
import type { Scope } from "./scope.ts";
import { evaluateCan, evaluateTry } from "./try.ts";

type CallExpression = Extract<Expression, { kind: "call" }>;

export function evaluateCall(expression: CallExpression, scope: Scope): Value {
  const name = expression.name.replace(/^core::/, "");
  if (name === "try") return evaluateTry(expression, scope);
  if (name === "can") return evaluateCan(expression, scope);
  const spec = findFunction(name, expression.at);
  const values = evaluateArguments(expression, scope);
  if (!values) return unknown({ kind: "any" }, "the number of arguments is not known before apply");
  try {
    checkCount(spec, values.length);
    return applyFunction(spec, values, { name, at: expression.at, scope });
  } catch (error) {
    throw locate(error, expression.at, `${name}()`);
  }
}

function evaluateArguments(expression: CallExpression, scope: Scope): Value[] | undefined {
  const values = expression.arguments.map((argument) => evaluate(argument, scope));
  if (!expression.isExpanded) return values;
  const last = values.pop();
  if (!last || isUnknown(last)) return undefined;
  if (last.content === null || !Array.isArray(last.content))
    throw new PlanError("Only a list, set or tuple can be expanded with ...", expression.at);
  return [...values, ...itemsOf(last).map((item) => withSensitivity(item, last.sensitive))];
}

function checkCount(spec: FunctionSpec, count: number): void {
  const fewest = spec.parameters.length;
  const most = spec.rest ? fewest + (spec.maxRest ?? Number.POSITIVE_INFINITY) : fewest;
  if (count >= fewest && count <= most) return;
  const wanted = fewest === most ? `${fewest}` : `at least ${fewest}`;
  throw new PlanError(
    count < fewest
      ? `${wanted} arguments are needed, but there are ${count}.`
      : `At most ${most} arguments are allowed, but there are ${count}.`,
  );
}

function applyFunction(
  spec: FunctionSpec,
  values: Value[],
  call: { name: string; at: Expression["at"]; scope: Scope },
): Value {
  const { budget } = call.scope.context;
  budget.step(values.length + 1, call.at);
  const converted = values.map((value, index) => convertArgument(spec, value, index));
  const context = { context: call.scope.context, scope: call.scope, at: call.at };
  if (spec.reads === "raw") return spec.apply(converted, context);
  const isWhole = spec.reads === "whole";
  const isSensitive = converted.some((value) => (isWhole ? isSensitiveWithin(value) : value.sensitive));
  const hidden = firstHidden(converted, isWhole);
  if (hidden !== undefined) return withSensitivity(unknown(returnType(spec, converted), hidden), isSensitive);
  const bare = isWhole ? converted.map(unmarkDeep) : converted.map((value) => ({ ...value, sensitive: false }));
  if (!isSensitive) return spec.apply(bare, context);
  return withSensitivity(
    withoutValues(() => spec.apply(bare, context)),
    true,
  );
}

function firstHidden(values: readonly Value[], isWhole: boolean): string | undefined {
  for (const value of values) {
    const hidden = isWhole
      ? findUnknown(value)
      : isUnknown(value)
        ? (value.reason ?? "not known before apply")
        : undefined;
    if (hidden !== undefined) return hidden;
  }
  return undefined;
}

function returnType(spec: FunctionSpec, values: readonly Value[]) {
  return typeof spec.returns === "function" ? spec.returns(values) : spec.returns;
}

function convertArgument(spec: FunctionSpec, value: Value, index: number): Value {
  const type = spec.parameters[index] ?? spec.rest!;
  if (value.content === null && !spec.allowsNull && spec.reads !== "raw")
    throw new PlanError(`argument ${index + 1} must not be null.`);
  try {
    return convert(value, type);
  } catch (error) {
    if (error instanceof PlanError && error.file === undefined)
      throw new PlanError(`argument ${index + 1}: ${error.message}.`);
    throw error;
  }
}
