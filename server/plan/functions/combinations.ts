import { PlanError } from "#server/plan/plan-error.ts";
import { convert } from "#server/plan/value/convert.ts";
import { ANY, isSequence, listOf, STRING, sameType, type Type, tupleOf } from "#server/plan/value/type.ts";
import { unifyTypes } from "#server/plan/value/unify.ts";
import {
  entriesOf,
  findUnknown,
  isNull,
  isUnknown,
  itemsOf,
  list,
  map,
  object,
  openObject,
  set,
  textOf,
  tuple,
  unknown,
  type Value,
  withSensitivity,
} from "#server/plan/value/value.ts";
import type { Call, FunctionTable } from "./function.ts";

/** Functions that make one collection of several. */
export const combinationFunctions: FunctionTable = {
  concat: { parameters: [], rest: ANY, returns: ANY, reads: "parts", apply: (lists, call) => concat(lists, call) },
  flatten: { parameters: [ANY], returns: ANY, reads: "parts", apply: ([items], call) => flatten(items!, call) },
  merge: {
    parameters: [],
    rest: ANY,
    returns: ANY,
    reads: "raw",
    allowsNull: true,
    apply: (maps, call) => merge(maps, call),
  },
  zipmap: {
    parameters: [listOf(STRING), ANY],
    returns: ANY,
    reads: "parts",
    apply: ([keys, values]) => zip(keys!, values!),
  },
  setproduct: {
    parameters: [ANY],
    rest: ANY,
    returns: ANY,
    reads: "parts",
    apply: (sets, call) => product(sets, call),
  },
};

function concat(lists: readonly Value[], call: Call): Value {
  if (lists.length === 0) throw new PlanError("at least one list is required.");
  for (const items of lists)
    if (items.type.kind !== "list" && items.type.kind !== "tuple")
      throw new PlanError("lists or tuples are required; convert a set with tolist().");
  const all = lists.flatMap((items) => [...itemsOf(items)]);
  call.context.budget.collection(all.length, call.at);
  if (lists.some((items) => items.type.kind === "tuple")) return tuple(all);
  const element = unifyTypes(lists.map((items) => ("element" in items.type ? items.type.element : ANY)));
  if (!element) return tuple(all);
  return list(
    element,
    all.map((item) => convert(item, element)),
  );
}

function flatten(items: Value, call: Call): Value {
  if (!isSequence(items.type)) throw new PlanError("a list, set or tuple is required.");
  const flat: Value[] = [];
  const hidden = gather(items, flat, call);
  return hidden === undefined ? tuple(flat) : unknown(ANY, hidden);
}

function gather(items: Value, flat: Value[], call: Call): string | undefined {
  for (const item of itemsOf(items)) {
    call.context.budget.step(1, call.at);
    const mayBeList = isSequence(item.type) || item.type.kind === "any";
    if (isUnknown(item) && mayBeList) return item.reason ?? "not known";
    if (!isSequence(item.type) || isNull(item)) flat.push(item);
    else {
      const hidden = gather(item, flat, call);
      if (hidden !== undefined) return hidden;
    }
  }
  return undefined;
}

function merge(maps: readonly Value[], call: Call): Value {
  const isSensitive = maps.some((source) => source.sensitive);
  const entries = new Map<string, Value>();
  let open: string | undefined;
  for (const source of maps) {
    if (isUnknown(source)) return withSensitivity(unknown(ANY, source.reason ?? "not known"), isSensitive);
    if (isNull(source)) continue;
    if (!(source.content instanceof Map)) throw new PlanError("maps or objects are required.");
    if (source.type.kind === "object" && source.type.open) open ??= source.reason ?? "not known";
    for (const [key, value] of entriesOf(source)) entries.set(key, value);
  }
  call.context.budget.collection(entries.size, call.at);
  return withSensitivity(mergeResult(maps, entries, open), isSensitive);
}

function mergeResult(maps: readonly Value[], entries: ReadonlyMap<string, Value>, open: string | undefined): Value {
  if (open !== undefined) return openObject(entries, open);
  const types = maps.filter((source) => !isNull(source)).map((source) => source.type);
  const first = types[0];
  const areSameMaps = first?.kind === "map" && types.every((type) => sameType(type, first));
  return areSameMaps ? map(first.element, entries) : object(entries);
}

function zip(keys: Value, values: Value): Value {
  if (values.type.kind !== "list" && values.type.kind !== "tuple")
    throw new PlanError("the values must be a list or tuple.");
  const names = itemsOf(keys);
  const items = itemsOf(values);
  if (names.length !== items.length) throw new PlanError(`there are ${names.length} keys but ${items.length} values.`);
  const hidden = findUnknown(keys);
  if (hidden !== undefined) return unknown(ANY, hidden);
  const entries = names.map((name, index) => {
    if (isNull(name)) throw new PlanError("a key must not be null.");
    return [textOf(name), items[index]!] as const;
  });
  return values.type.kind === "list" ? map(values.type.element, entries) : object(entries);
}

function product(sets: readonly Value[], call: Call): Value {
  if (sets.length < 2) throw new PlanError("at least two sets are required.");
  const elements = sets.map(elementOf);
  const total = sets.reduce((size, items) => size * itemsOf(items).length, 1);
  call.context.budget.collection(total, call.at);
  let rows: (readonly Value[])[] = [[]];
  for (const [index, items] of sets.entries())
    rows = rows.flatMap((row) => itemsOf(items).map((item) => [...row, convert(item, elements[index]!)]));
  const tuples = rows.map((row) => tuple(row));
  const type: Type = tupleOf(elements);
  return sets.every((items) => items.type.kind !== "set") ? list(type, tuples) : set(type, tuples);
}

function elementOf(items: Value): Type {
  if (!isSequence(items.type)) throw new PlanError("lists or sets are required.");
  if ("element" in items.type) return items.type.element;
  const unified = unifyTypes(itemsOf(items).map((item) => item.type));
  if (!unified && itemsOf(items).length > 0) throw new PlanError("the elements of each set must have one type.");
  return unified ?? ANY;
}
