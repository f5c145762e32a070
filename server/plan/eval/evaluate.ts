import type { Expression } from "#server/plan/hcl/syntax.ts";
import { locate, PlanError } from "#server/plan/plan-error.ts";
import { convert } from "#server/plan/value/convert.ts";
import { STRING } from "#server/plan/value/type.ts";
import {
  isNull,
  isUnknown,
  object,
  textOf,
  tuple,
  unknown,
  type Value,
  withSensitivity,
} from "#server/plan/value/value.ts";
import { readAttribute, readIndex } from "./access.ts";
import { evaluateCall } from "./call.ts";
import { evaluateConditional } from "./conditional.ts";
import { evaluateFor } from "./for-expression.ts";
import { evaluateBinary, evaluateUnary } from "./operators.ts";
import { isNamespace, type Namespace, type Scope } from "./scope.ts";
import { evaluateSplat } from "./splat.ts";
import { evaluateTemplate } from "./template.ts";

/** The value of an expression. Errors carry the place of the innermost part that failed. */
export function evaluate(expression: Expression, scope: Scope): Value {
  const found = evaluateReference(expression, scope);
  if (!isNamespace(found)) return found;
  if (found.value) return found.value();
  throw new PlanError(`"${found.namespace}" is not a value: a name must follow it.`, expression.at);
}

/** Like `evaluate`, but a part of a reference such as `var` or `aws_vpc` is allowed. */
export function evaluateReference(expression: Expression, scope: Scope): Value | Namespace {
  const { budget } = scope.context;
  budget.step(1, expression.at);
  return budget.nested(() => {
    try {
      return dispatch(expression, scope);
    } catch (error) {
      throw locate(error, expression.at);
    }
  }, expression.at);
}

function dispatch(expression: Expression, scope: Scope): Value | Namespace {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "template":
      return evaluateTemplate(expression, scope);
    case "tuple":
      return tuple(expression.items.map((item) => evaluate(item, scope)));
    case "object":
      return evaluateObject(expression, scope);
    case "name":
      return scope.find(expression.name, expression.at);
    case "attribute":
      return evaluateAttribute(expression, scope);
    case "index":
      return evaluateIndex(expression, scope);
    case "parentheses":
      return evaluateReference(expression.inner, scope);
    default:
      return evaluateOperation(expression, scope);
  }
}

type Operation = Extract<
  Expression,
  | { kind: "splat" }
  | { kind: "splat-item" }
  | { kind: "call" }
  | { kind: "conditional" }
  | { kind: "binary" }
  | { kind: "unary" }
  | { kind: "for" }
>;

function evaluateOperation(expression: Operation, scope: Scope): Value | Namespace {
  switch (expression.kind) {
    case "splat":
      return evaluateSplat(expression, scope);
    case "splat-item":
      return scope.find(`*${expression.splat}`, expression.at);
    case "call":
      return evaluateCall(expression, scope);
    case "conditional":
      return evaluateConditional(expression, scope);
    case "binary":
      return evaluateBinary(expression, scope);
    case "unary":
      return evaluateUnary(expression, scope);
    case "for":
      return evaluateFor(expression, scope);
  }
}

function evaluateAttribute(expression: Extract<Expression, { kind: "attribute" }>, scope: Scope): Value | Namespace {
  const source = evaluateReference(expression.source, scope);
  return isNamespace(source) ? source.get(expression.name, expression.at) : readAttribute(source, expression.name);
}

function evaluateIndex(expression: Extract<Expression, { kind: "index" }>, scope: Scope): Value | Namespace {
  const source = evaluateReference(expression.source, scope);
  const key = evaluate(expression.key, scope);
  if (!isNamespace(source)) return readIndex(source, key);
  if (source.value && isUnknown(key)) return readIndex(source.value(), key);
  return source.get(textOf(convert(key, STRING)), expression.at);
}

function evaluateObject(expression: Extract<Expression, { kind: "object" }>, scope: Scope): Value {
  const entries: [string, Value][] = [];
  let hidden: string | undefined;
  let isSensitive = false;
  for (const item of expression.items) {
    const key = convert(evaluate(item.key, scope), STRING);
    if (isNull(key)) throw new PlanError("An object key must not be null.", item.key.at);
    isSensitive ||= key.sensitive;
    if (isUnknown(key)) hidden ??= key.reason ?? "not known before apply";
    else entries.push([textOf(key), evaluate(item.value, scope)]);
  }
  if (hidden !== undefined) return unknown({ kind: "any" }, hidden);
  return withSensitivity(object(entries), isSensitive);
}
