import type { ForExpression } from "#server/plan/hcl/syntax.ts";
import { PlanError } from "#server/plan/plan-error.ts";
import { convert } from "#server/plan/value/convert.ts";
import { ANY, BOOL, STRING, typeName } from "#server/plan/value/type.ts";
import {
  boolOf,
  entriesOf,
  findUnknown,
  isUnknown,
  itemsOf,
  number,
  object,
  text,
  textOf,
  tuple,
  unknown,
  type Value,
  withSensitivity,
} from "#server/plan/value/value.ts";
import { evaluate } from "./evaluate.ts";
import type { Scope } from "./scope.ts";

export type Iteration = { key: Value; value: Value };

/** The keys and values that `for` walks over, or undefined where the collection is unknown. */
export function iterationsOf(collection: Value): Iteration[] | undefined {
  if (isUnknown(collection) || (collection.type.kind === "object" && collection.type.open)) return undefined;
  if (collection.content === null) throw new PlanError("A null value cannot be iterated.");
  if (collection.content instanceof Map)
    return [...entriesOf(collection)].map(([key, value]) => ({ key: text(key), value }));
  if (!Array.isArray(collection.content)) throw new PlanError(`${typeName(collection.type)} cannot be iterated.`);
  const isSet = collection.type.kind === "set";
  return itemsOf(collection).map((value, index) => ({ key: isSet ? value : number(index), value }));
}

type Gathered = { items: Value[]; keys: string[]; hidden: string | undefined; sensitive: boolean };

export function evaluateFor(expression: ForExpression, scope: Scope): Value {
  const collection = evaluate(expression.collection, scope);
  const iterations = iterationsOf(collection);
  if (!iterations)
    return withSensitivity(unknown(ANY, collection.reason ?? "not known before apply"), collection.sensitive);
  scope.context.budget.collection(iterations.length, expression.at);
  const gathered: Gathered = { items: [], keys: [], hidden: undefined, sensitive: collection.sensitive };
  for (const { key, value } of iterations) {
    const names = {
      [expression.valueName]: value,
      ...(expression.keyName !== undefined && { [expression.keyName]: key }),
    };
    gatherOne(expression, scope.child(names), gathered);
  }
  if (gathered.hidden !== undefined) return withSensitivity(unknown(ANY, gathered.hidden), gathered.sensitive);
  const result = expression.key ? buildObject(expression, gathered) : tuple(gathered.items);
  return withSensitivity(result, gathered.sensitive);
}

function gatherOne(expression: ForExpression, scope: Scope, gathered: Gathered): void {
  if (expression.condition && !isIncluded(expression, scope, gathered)) return;
  if (expression.key) {
    const key = convert(evaluate(expression.key, scope), STRING);
    if (key.content === null) throw new PlanError("A key of a for expression must not be null.", expression.key.at);
    gathered.sensitive ||= key.sensitive;
    if (isUnknown(key)) {
      gathered.hidden ??= key.reason ?? "not known before apply";
      return;
    }
    gathered.keys.push(textOf(key));
  }
  gathered.items.push(evaluate(expression.value, scope));
}

function isIncluded(expression: ForExpression, scope: Scope, gathered: Gathered): boolean {
  const condition = convert(evaluate(expression.condition!, scope), BOOL);
  if (condition.content === null)
    throw new PlanError("The condition of a for expression must not be null.", expression.condition!.at);
  gathered.sensitive ||= condition.sensitive;
  if (!isUnknown(condition)) return boolOf(condition);
  gathered.hidden ??= findUnknown(condition) ?? "not known before apply";
  return false;
}

function buildObject(expression: ForExpression, gathered: Gathered): Value {
  const groups = new Map<string, Value[]>();
  for (const [index, key] of gathered.keys.entries()) {
    const group = groups.get(key) ?? [];
    group.push(gathered.items[index]!);
    groups.set(key, group);
    if (group.length > 1 && !expression.isGrouped)
      throw new PlanError(
        `Two elements of this for expression have the key "${key}".`,
        expression.key!.at,
        'Add "..." after the value to group them.',
      );
  }
  return object([...groups].map(([key, group]) => [key, expression.isGrouped ? tuple(group) : group[0]!] as const));
}
