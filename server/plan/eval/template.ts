import type { Expression, TemplatePart } from "#server/plan/hcl/syntax.ts";
import { PlanError } from "#server/plan/plan-error.ts";
import { tryConvert } from "#server/plan/value/convert.ts";
import { BOOL, STRING, typeName } from "#server/plan/value/type.ts";
import {
  boolOf,
  findUnknown,
  isUnknown,
  text,
  textOf,
  unknown,
  type Value,
  withSensitivity,
} from "#server/plan/value/value.ts";
import { evaluate } from "./evaluate.ts";
import { iterationsOf } from "./for-expression.ts";
import type { Scope } from "./scope.ts";

type Template = Extract<Expression, { kind: "template" }>;
type Rendered = { pieces: string[]; hidden: string | undefined; sensitive: boolean };

/** A template of one interpolation is that value itself; every other one is a string. */
export function evaluateTemplate(expression: Template, scope: Scope): Value {
  const only = expression.parts[0];
  if (expression.parts.length === 1 && only?.kind === "interpolation") return evaluate(only.expression, scope);
  const rendered: Rendered = { pieces: [], hidden: undefined, sensitive: false };
  renderParts(expression.parts, scope, rendered);
  if (rendered.hidden !== undefined) return withSensitivity(unknown(STRING, rendered.hidden), rendered.sensitive);
  const joined = rendered.pieces.join("");
  scope.context.budget.text(joined.length, expression.at);
  return withSensitivity(text(joined), rendered.sensitive);
}

function renderParts(parts: readonly TemplatePart[], scope: Scope, rendered: Rendered): void {
  for (const part of parts) {
    scope.context.budget.step();
    if (part.kind === "text") rendered.pieces.push(part.text);
    else if (part.kind === "interpolation") renderValue(part.expression, scope, rendered);
    else if (part.kind === "if") renderIf(part, scope, rendered);
    else renderFor(part, scope, rendered);
  }
}

function renderValue(expression: Expression, scope: Scope, rendered: Rendered): void {
  const value = evaluate(expression, scope);
  rendered.sensitive ||= value.sensitive;
  if (value.content === null) throw new PlanError("A null value cannot be part of a string.", expression.at);
  const converted = tryConvert(value, STRING);
  if (!converted)
    throw new PlanError(
      `${typeName(value.type)} cannot be part of a string.`,
      expression.at,
      "Use jsonencode(), or name one of its elements.",
    );
  if (isUnknown(converted)) rendered.hidden ??= value.reason ?? "not known before apply";
  else rendered.pieces.push(textOf(converted));
}

function renderIf(part: Extract<TemplatePart, { kind: "if" }>, scope: Scope, rendered: Rendered): void {
  const value = evaluate(part.condition, scope);
  const condition = tryConvert(value, BOOL);
  if (!condition || condition.content === null)
    throw new PlanError("The condition must be true or false.", part.condition.at);
  rendered.sensitive ||= value.sensitive;
  if (isUnknown(condition)) rendered.hidden ??= findUnknown(condition) ?? "not known before apply";
  else renderParts(boolOf(condition) ? part.yes : part.no, scope, rendered);
}

function renderFor(part: Extract<TemplatePart, { kind: "for" }>, scope: Scope, rendered: Rendered): void {
  const collection = evaluate(part.collection, scope);
  rendered.sensitive ||= collection.sensitive;
  const iterations = iterationsOf(collection);
  if (!iterations) {
    rendered.hidden ??= collection.reason ?? "not known before apply";
    return;
  }
  scope.context.budget.collection(iterations.length, part.at);
  for (const { key, value } of iterations)
    renderParts(
      part.body,
      scope.child({ [part.valueName]: value, ...(part.keyName !== undefined && { [part.keyName]: key }) }),
      rendered,
    );
}
