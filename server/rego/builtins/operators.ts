import { ArithmeticError, add, divide, multiply, remainder, subtract } from "#server/rego/values/number.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { RegoSet } from "#server/rego/values/rego-set.ts";
import { displayText } from "#server/rego/values/text.ts";
import { compare, equal, isArray, isNumber, type NumberValue, type Value } from "#server/rego/values/value.ts";
import type { Builtin, BuiltinContext, FunctionBuiltin } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import { ENTRY } from "./cost.ts";
import { arrayOperand, numberOperand, operand, setOperand, wrongType } from "./operands.ts";
import { any, array, boolean, number, oneOf, set, setOf, string, type TypeSpec } from "./type-spec.ts";

/** Runs a calculation and turns its failure into the built-in's. */
export function calculated(calculate: () => NumberValue): NumberValue {
  try {
    return calculate();
  } catch (error) {
    throw error instanceof ArithmeticError ? failed(error.message) : error;
  }
}

/** Long numbers take long to calculate with. */
export function digitCost(value: NumberValue): number {
  return typeof value === "number" ? 0 : value.text.length;
}

function arithmetic(name: string, operation: (a: NumberValue, b: NumberValue) => NumberValue): FunctionBuiltin {
  return {
    name,
    params: [number, number],
    result: number,
    call: (args, ctx) => {
      const a = numberOperand(args, 0);
      const b = numberOperand(args, 1);
      ctx.charge(digitCost(a) + digitCost(b));
      return calculated(() => operation(a, b));
    },
  };
}

function comparison(name: string, holds: (a: Value, b: Value) => boolean): FunctionBuiltin {
  return {
    name,
    params: [any, any],
    result: boolean,
    call: (args) => holds(operand(args, 0), operand(args, 1)),
  };
}

function minus(a: Value, b: Value, ctx: BuiltinContext): Value {
  if (isNumber(a) && isNumber(b)) {
    ctx.charge(digitCost(a) + digitCost(b));
    return calculated(() => subtract(a, b));
  }
  if (a instanceof RegoSet && b instanceof RegoSet) return a.difference(b);
  if (!isNumber(a) && !(a instanceof RegoSet)) throw wrongType(0, a, "number", "set");
  throw wrongType(1, b, isNumber(b) ? "set" : "number");
}

function isMember(member: Value, collection: Value): boolean {
  if (collection instanceof RegoSet) return collection.has(member);
  if (isArray(collection)) return collection.some((item) => equal(item, member));
  if (!(collection instanceof RegoObject)) return false;
  for (const [, value] of collection.unsorted()) if (equal(value, member)) return true;
  return false;
}

function isEntry(key: Value, value: Value, collection: Value): boolean {
  if (collection instanceof RegoSet) return collection.has(key) && equal(key, value);
  if (collection instanceof RegoObject) {
    const found = collection.get(key);
    return found !== undefined && equal(found, value);
  }
  if (!isArray(collection) || typeof key !== "number") return false;
  const found = collection[key];
  return found !== undefined && equal(found, value);
}

/** Each part is a text, a value, or the set of what an expression gave: empty if it was undefined. */
function templateText(parts: readonly Value[]): string {
  return parts
    .map((part) => {
      if (!(part instanceof RegoSet)) return displayText(part);
      const [value] = part.sorted();
      return value === undefined ? "<undefined>" : displayText(value);
    })
    .join("");
}

const numberOrSet: TypeSpec = oneOf(number, setOf(any));

export const operators: readonly Builtin[] = [
  arithmetic("plus", add),
  {
    name: "minus",
    params: [numberOrSet, numberOrSet],
    result: numberOrSet,
    call: (args, ctx) => minus(operand(args, 0), operand(args, 1), ctx),
  },
  {
    ...arithmetic("mul", multiply),
    call: (args, ctx) => {
      const a = numberOperand(args, 0);
      const b = numberOperand(args, 1);
      if (typeof a !== "number" && typeof b !== "number") ctx.charge((a.text.length * b.text.length) >> 10);
      return calculated(() => multiply(a, b));
    },
  },
  arithmetic("div", divide),
  arithmetic("rem", remainder),
  {
    name: "and",
    params: [set, set],
    result: set,
    call: (args, ctx) => {
      const a = setOperand(args, 0);
      ctx.charge(a.size * ENTRY);
      return a.intersection(setOperand(args, 1));
    },
  },
  {
    name: "or",
    params: [set, set],
    result: set,
    call: (args, ctx) => {
      const a = setOperand(args, 0);
      const b = setOperand(args, 1);
      ctx.charge((a.size + b.size) * ENTRY);
      return a.union(b);
    },
  },
  comparison("eq", equal),
  comparison("assign", equal),
  comparison("equal", equal),
  comparison("neq", (a, b) => !equal(a, b)),
  comparison("lt", (a, b) => compare(a, b) < 0),
  comparison("lte", (a, b) => compare(a, b) <= 0),
  comparison("gt", (a, b) => compare(a, b) > 0),
  comparison("gte", (a, b) => compare(a, b) >= 0),
  {
    name: "internal.member_2",
    params: [any, any],
    result: boolean,
    call: (args, ctx) => {
      const collection = operand(args, 1);
      if (isArray(collection)) ctx.charge(collection.length);
      return isMember(operand(args, 0), collection);
    },
  },
  {
    name: "internal.member_3",
    params: [any, any, any],
    result: boolean,
    call: (args) => isEntry(operand(args, 0), operand(args, 1), operand(args, 2)),
  },
  {
    name: "internal.template_string",
    params: [array],
    result: string,
    call: (args, ctx) => {
      const text = templateText(arrayOperand(args, 0));
      ctx.charge(text.length);
      return text;
    },
  },
];
