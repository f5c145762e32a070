import { evaluate } from "#server/plan/eval/evaluate.ts";
import type { Namespace, Scope } from "#server/plan/eval/scope.ts";
import type { Attribute, Body, Expression } from "#server/plan/hcl/syntax.ts";
import { locate, PlanError } from "#server/plan/plan-error.ts";
import { convert } from "#server/plan/value/convert.ts";
import { numToIndex, numToText } from "#server/plan/value/number.ts";
import { NUMBER, typeName } from "#server/plan/value/type.ts";
import {
  entriesOf,
  findUnknown,
  isUnknown,
  itemsOf,
  number,
  numOf,
  text,
  textOf,
  type Value,
} from "#server/plan/value/value.ts";

export type InstanceKey = number | string | undefined;
export type ExpandedInstance = { key: InstanceKey; names: Record<string, Namespace> };

/** The instances of a resource or module call; `hidden` says why their number cannot be known. */
export type Expansion = {
  kind: "single" | "count" | "for_each";
  instances: ExpandedInstance[];
  hidden: string | undefined;
};

export function expand(body: Body, scope: Scope): Expansion {
  const count = body.attributes.get("count");
  const forEach = body.attributes.get("for_each");
  if (count && forEach) throw new PlanError('Only one of "count" and "for_each" is allowed.', forEach.at);
  const expansion = count ? expandCount(count, scope) : forEach ? expandForEach(forEach, scope) : single();
  scope.context.budget.instance(expansion.instances.length, body.at);
  return expansion;
}

const single = (): Expansion => ({ kind: "single", instances: [{ key: undefined, names: {} }], hidden: undefined });

function expandCount(count: Attribute, scope: Scope): Expansion {
  const value = evaluateNumber(count.expression, scope);
  if (isUnknown(value)) return { kind: "count", instances: [], hidden: value.reason ?? "not known before apply" };
  const total = numToIndex(numOf(value));
  if (total === undefined || total < 0)
    throw new PlanError(
      `"count" must be a whole number that is not negative, not ${numToText(numOf(value))}.`,
      count.expression.at,
    );
  scope.context.budget.collection(total, count.expression.at);
  const instances = Array.from({ length: total }, (_, index) => ({
    key: index,
    names: { count: namesOf("count", { index: number(index) }) },
  }));
  return { kind: "count", instances, hidden: undefined };
}

function evaluateNumber(expression: Expression, scope: Scope): Value {
  const value = evaluate(expression, scope);
  if (value.content === null) throw new PlanError('"count" must not be null.', expression.at);
  if (value.sensitive)
    throw new PlanError(
      '"count" must not depend on a sensitive value.',
      expression.at,
      "Use nonsensitive() where the number itself may be seen.",
    );
  try {
    return convert(value, NUMBER);
  } catch (error) {
    throw locate(error, expression.at, '"count"');
  }
}

function expandForEach(forEach: Attribute, scope: Scope): Expansion {
  const { at } = forEach.expression;
  const value = evaluate(forEach.expression, scope);
  if (value.sensitive)
    throw new PlanError(
      '"for_each" must not depend on a sensitive value: its keys become addresses.',
      at,
      "Use nonsensitive() where the keys may be seen.",
    );
  if (isUnknown(value)) return { kind: "for_each", instances: [], hidden: value.reason ?? "not known before apply" };
  if (value.content === null)
    throw new PlanError('"for_each" must not be null.', at, "Give an empty map or set for none.");
  const entries = forEachEntries(value, at);
  if (!entries) return { kind: "for_each", instances: [], hidden: findUnknown(value) ?? "not known before apply" };
  scope.context.budget.collection(entries.length, at);
  const instances = entries.map(([key, item]) => ({
    key,
    names: { each: namesOf("each", { key: text(key), value: item }) },
  }));
  return { kind: "for_each", instances, hidden: undefined };
}

function forEachEntries(value: Value, at: Attribute["at"]): (readonly [string, Value])[] | undefined {
  if (value.type.kind === "object" && value.type.open) return undefined;
  if (value.content instanceof Map) return [...entriesOf(value)];
  const isSet = value.type.kind === "set";
  if (!isSet || !Array.isArray(value.content))
    throw new PlanError(
      `"for_each" needs a map or a set of strings, not ${typeName(value.type)}.`,
      at,
      "Convert a list with toset().",
    );
  if (itemsOf(value).some(isUnknown)) return undefined;
  return itemsOf(value).map((item) => {
    if (item.content === null || item.type.kind !== "string")
      throw new PlanError('The set of "for_each" must hold strings, none of them null.', at);
    return [textOf(item), item] as const;
  });
}

function namesOf(name: string, values: Record<string, Value>): Namespace {
  return {
    namespace: name,
    get: (attribute, at) => {
      const found = values[attribute];
      if (found) return found;
      throw new PlanError(
        `"${name}" has no attribute "${attribute}".`,
        at,
        `It has: ${Object.keys(values).join(", ")}.`,
      );
    },
  };
}

/** `[0]`, `["a"]` or nothing, as addresses have it. */
export function keySuffix(key: InstanceKey): string {
  if (key === undefined) return "";
  return typeof key === "number" ? `[${key}]` : `[${JSON.stringify(key)}]`;
}
