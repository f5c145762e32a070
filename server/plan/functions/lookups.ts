import { readIndex } from "#server/plan/eval/access.ts";
import { LimitError, PlanError } from "#server/plan/plan-error.ts";
import { convert } from "#server/plan/value/convert.ts";
import { equalValues } from "#server/plan/value/equal.ts";
import { numToIndex } from "#server/plan/value/number.ts";
import { ANY, BOOL, listOf, NUMBER, STRING } from "#server/plan/value/type.ts";
import { unifyTypes } from "#server/plan/value/unify.ts";
import {
  bool,
  children,
  entriesOf,
  isNull,
  isUnknown,
  itemsOf,
  list,
  nullOf,
  number,
  numOf,
  textOf,
  unknown,
  type Value,
  withSensitivity,
} from "#server/plan/value/value.ts";
import type { FunctionTable } from "./function.ts";

/** Functions that find one thing in others. */
export const lookupFunctions: FunctionTable = {
  element: { parameters: [ANY, NUMBER], returns: ANY, reads: "parts", apply: ([items, at]) => element(items!, at!) },
  index: {
    parameters: [ANY, ANY],
    returns: NUMBER,
    reads: "parts",
    apply: ([items, wanted]) => indexOf(items!, wanted!),
  },
  lookup: {
    parameters: [ANY, STRING],
    rest: ANY,
    maxRest: 1,
    returns: ANY,
    reads: "raw",
    allowsNull: true,
    apply: (values) => lookup(values),
  },
  contains: {
    parameters: [ANY, ANY],
    returns: BOOL,
    reads: "parts",
    allowsNull: true,
    apply: ([items, wanted]) => contains(items!, wanted!),
  },
  coalesce: {
    parameters: [ANY],
    rest: ANY,
    returns: ANY,
    reads: "raw",
    allowsNull: true,
    apply: (values) => coalesce(values),
  },
  coalescelist: {
    parameters: [ANY],
    rest: ANY,
    returns: ANY,
    reads: "raw",
    allowsNull: true,
    apply: (values) => firstList(values),
  },
  one: { parameters: [ANY], returns: ANY, reads: "parts", apply: ([items]) => one(items!) },
  matchkeys: {
    parameters: [listOf(ANY), listOf(ANY), listOf(ANY)],
    returns: listOf(ANY),
    reads: "whole",
    apply: ([values, keys, wanted]) => matchKeys(values!, keys!, wanted!),
  },
};

function element(items: Value, at: Value): Value {
  if (items.type.kind !== "list" && items.type.kind !== "tuple")
    throw new PlanError("a list or tuple is required; convert a set with tolist().");
  const { length } = itemsOf(items);
  const index = numToIndex(numOf(at));
  if (index === undefined) throw new PlanError("the index must be a whole number.");
  if (length === 0) throw new PlanError("an empty list has no elements.");
  return itemsOf(items)[((index % length) + length) % length]!;
}

function indexOf(items: Value, wanted: Value): Value {
  if (!Array.isArray(items.content)) throw new PlanError("a list or tuple is required.");
  for (const [index, item] of itemsOf(items).entries()) {
    const same = equalValues(item, wanted);
    if (isUnknown(same)) return unknown(NUMBER, same.reason ?? "not known");
    if (same.content === true) return number(index);
  }
  throw new PlanError("the value is not in the list.");
}

function lookup([source, key, fallback]: readonly Value[]): Value {
  const isSensitive = source!.sensitive || key!.sensitive;
  if (isUnknown(source!) || isUnknown(key!))
    return withSensitivity(unknown(ANY, source!.reason ?? key!.reason ?? "not known"), isSensitive);
  if (source!.content === null || key!.content === null)
    throw new PlanError("neither the map nor the key may be null.");
  if (!(source!.content instanceof Map)) throw new PlanError("a map or object is required.");
  const isOpen = source!.type.kind === "object" && source!.type.open;
  if (isOpen || entriesOf(source!).has(textOf(key!))) return readIndex(source!, key!);
  if (!fallback) throw new PlanError(`there is no key "${textOf(key!)}", and no default is given.`);
  const wanted = source!.type.kind === "map" ? source!.type.element : ANY;
  return withSensitivity(convert(fallback, wanted), isSensitive);
}

function contains(items: Value, wanted: Value): Value {
  if (items.content === null || !Array.isArray(items.content)) throw new PlanError("a list, set or tuple is required.");
  let hidden: string | undefined;
  for (const item of children(items)) {
    const same = equalValues(item, wanted);
    if (same.content === true) return bool(true);
    if (isUnknown(same)) hidden ??= same.reason ?? "not known";
  }
  return hidden === undefined ? bool(false) : unknown(BOOL, hidden);
}

/** The first argument that is neither null nor an empty string. */
function coalesce(values: readonly Value[]): Value {
  const type = unifyTypes(
    values.filter((value) => !(isNull(value) && value.type.kind === "any")).map((value) => value.type),
  );
  if (!type) throw new PlanError("all arguments must have the same type.");
  for (const value of values) {
    if (isUnknown(value)) return withSensitivity(unknown(type, value.reason ?? "not known"), value.sensitive);
    if (isNull(value) || (type.kind === "string" && value.content === "")) continue;
    return convert(value, type);
  }
  throw new PlanError("every argument is null or empty.");
}

function firstList(values: readonly Value[]): Value {
  for (const value of values) {
    if (isUnknown(value)) return unknown(ANY, value.reason ?? "not known");
    if (!Array.isArray(value.content)) throw new PlanError("lists or tuples are required.");
    if (value.content.length > 0) return value;
  }
  throw new PlanError("every argument is null or empty.");
}

function one(items: Value): Value {
  if (!Array.isArray(items.content)) throw new PlanError("a list, set or tuple is required.");
  if (items.content.length > 1) throw new PlanError("the collection must have no or one element.");
  return children(items)[0] ?? nullOf("element" in items.type ? items.type.element : ANY);
}

function matchKeys(values: Value, keys: Value, wanted: Value): Value {
  if (itemsOf(values).length !== itemsOf(keys).length)
    throw new PlanError("the lists of values and of keys must be equally long.");
  if (itemsOf(keys).length * itemsOf(wanted).length > 5_000_000)
    throw new LimitError("matchkeys() compares too many elements.");
  const isWanted = (key: Value) => itemsOf(wanted).some((other) => equalValues(key, other).content === true);
  const kept = itemsOf(values).filter((_, index) => isWanted(itemsOf(keys)[index]!));
  return list("element" in values.type ? values.type.element : ANY, kept);
}
