import type { Expression } from "#server/plan/hcl/syntax.ts";
import { convert } from "#server/plan/value/convert.ts";
import { ANY, isSequence, listOf } from "#server/plan/value/type.ts";
import { unifyTypes } from "#server/plan/value/unify.ts";
import { isUnknown, itemsOf, list, tuple, unknown, type Value, withSensitivity } from "#server/plan/value/value.ts";
import { evaluate } from "./evaluate.ts";
import type { Scope } from "./scope.ts";

type Splat = Extract<Expression, { kind: "splat" }>;

/** A single value counts as a list of one, null as an empty one. */
export function evaluateSplat(expression: Splat, scope: Scope): Value {
  const source = evaluate(expression.source, scope);
  if (source.content === null) return withSensitivity(tuple([]), source.sensitive);
  const eachOf = (item: Value) => evaluate(expression.each, scope.child({ [splatName(expression)]: item }));
  if (!isSequence(source.type) && source.type.kind !== "any")
    return withSensitivity(tuple([eachOf(source)]), source.sensitive);
  if (isUnknown(source)) return withSensitivity(unknownSplat(source), source.sensitive);
  scope.context.budget.collection(itemsOf(source).length, expression.at);
  const items = itemsOf(source).map(eachOf);
  return withSensitivity(source.type.kind === "tuple" ? tuple(items) : asList(items), source.sensitive);
}

function splatName(expression: Splat): string {
  let each = expression.each;
  while (each.kind === "attribute" || each.kind === "index" || each.kind === "splat") each = each.source;
  return each.kind === "splat-item" ? `*${each.splat}` : "*";
}

function unknownSplat(source: Value): Value {
  return unknown(
    source.type.kind === "list" || source.type.kind === "set" ? listOf(ANY) : ANY,
    source.reason ?? "not known",
  );
}

function asList(items: readonly Value[]): Value {
  if (items.length === 0) return list(ANY, []);
  const element = unifyTypes(items.map((item) => item.type));
  if (!element) return tuple(items);
  return list(
    element,
    items.map((item) => convert(item, element)),
  );
}
