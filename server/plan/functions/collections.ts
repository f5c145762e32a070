import { PlanError } from "#server/plan/plan-error.ts";
import { addNum, compareNum, numFromInteger, numToIndex } from "#server/plan/value/number.ts";
import { ANY, BOOL, listOf, NUMBER, STRING } from "#server/plan/value/type.ts";
import {
  bool,
  children,
  entriesOf,
  findUnknown,
  hashText,
  isUnknown,
  itemsOf,
  list,
  map,
  number,
  numOf,
  text,
  textOf,
  tuple,
  unknown,
  type Value,
} from "#server/plan/value/value.ts";
import type { Call, FunctionTable } from "./function.ts";
import { graphemes } from "./text-units.ts";

/** Functions of one collection. */
export const collectionFunctions: FunctionTable = {
  length: { parameters: [ANY], returns: NUMBER, reads: "parts", apply: ([value]) => length(value!) },
  keys: { parameters: [ANY], returns: listOf(STRING), reads: "parts", apply: ([source]) => keys(source!) },
  values: { parameters: [ANY], returns: ANY, reads: "parts", apply: ([source]) => values(source!) },
  reverse: {
    parameters: [ANY],
    returns: ANY,
    reads: "parts",
    apply: ([items]) => rebuild(items!, [...sequence(items!)].reverse()),
  },
  slice: {
    parameters: [ANY, NUMBER, NUMBER],
    returns: ANY,
    reads: "parts",
    apply: ([items, from, to]) => slice(items!, from!, to!),
  },
  alltrue: { parameters: [listOf(BOOL)], returns: BOOL, reads: "parts", apply: ([items]) => fold(items!, false) },
  anytrue: { parameters: [listOf(BOOL)], returns: BOOL, reads: "parts", apply: ([items]) => fold(items!, true) },
  compact: {
    parameters: [listOf(STRING)],
    returns: listOf(STRING),
    reads: "whole",
    apply: ([items]) => compact(items!),
  },
  distinct: {
    parameters: [listOf(ANY)],
    returns: (given) => given[0]!.type,
    reads: "whole",
    apply: ([items]) => distinct(items!),
  },
  chunklist: {
    parameters: [listOf(ANY), NUMBER],
    returns: ANY,
    reads: "parts",
    apply: ([items, size]) => chunk(items!, size!),
  },
  range: {
    parameters: [NUMBER],
    rest: NUMBER,
    maxRest: 2,
    returns: listOf(NUMBER),
    reads: "whole",
    apply: (given, call) => range(given, call),
  },
  transpose: {
    parameters: [{ kind: "map", element: listOf(STRING) }],
    returns: ANY,
    reads: "whole",
    apply: ([source]) => transpose(source!),
  },
};

function sequence(value: Value): readonly Value[] {
  if (!Array.isArray(value.content)) throw new PlanError("a list, set or tuple is required.");
  return itemsOf(value);
}

function keyed(value: Value): ReadonlyMap<string, Value> {
  if (!(value.content instanceof Map)) throw new PlanError("a map or object is required.");
  return entriesOf(value);
}

function rebuild(like: Value, items: readonly Value[]): Value {
  return like.type.kind === "tuple" ? tuple(items) : list("element" in like.type ? like.type.element : ANY, items);
}

function isOpen(value: Value): boolean {
  return value.type.kind === "object" && value.type.open === true;
}

function length(value: Value): Value {
  if (value.type.kind === "string") return number(graphemes(textOf(value)).length);
  if (isOpen(value) || (value.type.kind === "set" && children(value).some((item) => findUnknown(item) !== undefined)))
    return unknown(NUMBER, findUnknown(value) ?? "not known");
  if (!Array.isArray(value.content) && !(value.content instanceof Map))
    throw new PlanError("a string or a collection is required.");
  return number(children(value).length);
}

function keys(source: Value): Value {
  const names = [...keyed(source).keys()].map(text);
  if (isOpen(source)) return unknown(listOf(STRING), source.reason ?? "not known");
  return source.type.kind === "object" ? tuple(names) : list(STRING, names);
}

function values(source: Value): Value {
  const items = [...keyed(source).values()];
  if (isOpen(source)) return unknown(ANY, source.reason ?? "not known");
  return source.type.kind === "map" ? list(source.type.element, items) : tuple(items);
}

function slice(items: Value, from: Value, to: Value): Value {
  if (items.type.kind === "set") throw new PlanError("a set cannot be sliced; convert it with tolist().");
  const all = sequence(items);
  const start = numToIndex(numOf(from)) ?? -1;
  const end = numToIndex(numOf(to)) ?? -1;
  if (start < 0 || end < start || end > all.length)
    throw new PlanError(`the range ${start} to ${end} does not lie within the ${all.length} elements.`);
  return rebuild(items, all.slice(start, end));
}

function fold(items: Value, decisive: boolean): Value {
  const found = itemsOf(items).some((item) => (item.content ?? (isUnknown(item) ? undefined : false)) === decisive);
  if (found) return bool(decisive);
  const hidden = itemsOf(items).find(isUnknown);
  return hidden ? unknown(BOOL, hidden.reason ?? "not known") : bool(!decisive);
}

function compact(items: Value): Value {
  return list(
    STRING,
    itemsOf(items).filter((item) => item.content !== null && item.content !== ""),
  );
}

function distinct(items: Value): Value {
  const unique = new Map<string, Value>();
  for (const item of itemsOf(items)) {
    const key = hashText(item);
    if (!unique.has(key)) unique.set(key, item);
  }
  return rebuild(items, [...unique.values()]);
}

function chunk(items: Value, size: Value): Value {
  const step = numToIndex(numOf(size));
  if (step === undefined || step < 0) throw new PlanError("the size must be a whole number that is not negative.");
  const all = itemsOf(items);
  const chunks: Value[] = [];
  for (let start = 0; start < all.length; start += step === 0 ? all.length : step)
    chunks.push(rebuild(items, step === 0 ? all : all.slice(start, start + step)));
  return list(items.type, chunks);
}

const zero = numFromInteger(0);

function range(given: readonly Value[], call: Call): Value {
  const [first, second, third] = given.map(numOf);
  const start = second ? first! : zero;
  const end = second ?? first!;
  const step = third ?? numFromInteger(compareNum(end, start) < 0 ? -1 : 1);
  const direction = compareNum(step, zero);
  if (direction === 0) throw new PlanError("the step must not be zero.");
  if (third && compareNum(end, start) !== 0 && direction !== compareNum(end, start))
    throw new PlanError("the step leads away from the limit.");
  const numbers: Value[] = [];
  for (let at = start; compareNum(at, end) === -direction; at = addNum(at, step)) {
    if (numbers.length >= 1024) throw new PlanError("more than 1024 values would be generated.");
    numbers.push(number(at));
    call.context.budget.step(1, call.at);
  }
  return list(NUMBER, numbers);
}

function transpose(source: Value): Value {
  const turned = new Map<string, Value[]>();
  for (const [key, items] of entriesOf(source))
    for (const item of itemsOf(items)) turned.set(textOf(item), [...(turned.get(textOf(item)) ?? []), text(key)]);
  return map(
    listOf(STRING),
    [...turned].map(([key, items]) => [key, list(STRING, items)] as const),
  );
}
