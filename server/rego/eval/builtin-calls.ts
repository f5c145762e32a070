import type { FunctionBuiltin } from "#server/rego/builtins/builtin.ts";
import { BuiltinError } from "#server/rego/builtins/builtin-error.ts";
import type { Location } from "#server/rego/errors.ts";
import { add, subtract } from "#server/rego/values/number.ts";
import { RegoSet } from "#server/rego/values/rego-set.ts";
import { compare, equal, isArray, type Value } from "#server/rego/values/value.ts";
import { lookup } from "./lookup.ts";
import { evalError, type Get, type Machine } from "./machine.ts";
import { readBelow } from "./recorded-refs.ts";

/** A built-in's own failure is undefined, or with strict errors the end of the query. */
export function onBuiltinError(error: unknown, machine: Machine, loc: Location): undefined {
  if (!(error instanceof BuiltinError)) throw error;
  if (machine.strict) throw evalError(error.code, loc, error.message);
  return undefined;
}

export function callBuiltin(builtin: FunctionBuiltin, args: readonly Get[], loc: Location): Get {
  return fastCall(builtin, args, loc) ?? slowCall(builtin, args, loc);
}

function slowCall(builtin: FunctionBuiltin, args: readonly Get[], loc: Location): Get {
  return (machine, frame) => {
    const values: Value[] = [];
    for (const arg of args) {
      const value = arg(machine, frame);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return applyBuiltin(builtin, values, { machine, loc });
  };
}

export function applyBuiltin(
  builtin: FunctionBuiltin,
  values: readonly Value[],
  { machine, loc }: { machine: Machine; loc: Location },
): Value | undefined {
  machine.fuel.tick();
  try {
    const result = builtin.call(values, machine.context);
    if (machine.recorder !== undefined && builtin.name === "object.get") readThrough(machine, values);
    return result;
  } catch (error) {
    return onBuiltinError(error, machine, loc);
  }
}

/** `object.get` reads what stands at a path of the documents, as a reference would. */
function readThrough(machine: Machine, [object, path]: readonly Value[]): void {
  let at = object;
  for (const key of path !== undefined && isArray(path) ? path : [path]) {
    if (at === undefined || key === undefined) return;
    readBelow(machine, at, key);
    at = lookup(at, key);
  }
}

type Binary = (a: Value, b: Value) => Value | undefined;

const comparisons: Readonly<Record<string, (a: Value, b: Value) => boolean>> = {
  equal,
  eq: equal,
  neq: (a, b) => !equal(a, b),
  lt: (a, b) => compare(a, b) < 0,
  lte: (a, b) => compare(a, b) <= 0,
  gt: (a, b) => compare(a, b) > 0,
  gte: (a, b) => compare(a, b) >= 0,
};

/** Where both operands are plain numbers; what else there is falls to the built-in itself. */
const plainNumbers: Readonly<Record<string, Binary>> = {
  plus: (a, b) => (typeof a === "number" && typeof b === "number" ? add(a, b) : undefined),
  minus: (a, b) => (typeof a === "number" && typeof b === "number" ? subtract(a, b) : undefined),
};

function fastCall(builtin: FunctionBuiltin, args: readonly Get[], loc: Location): Get | undefined {
  const [left, right] = args;
  if (args.length !== 2 || left === undefined || right === undefined) return undefined;
  const comparison = comparisons[builtin.name];
  if (comparison !== undefined) {
    return (machine, frame) => {
      const a = left(machine, frame);
      if (a === undefined) return undefined;
      const b = right(machine, frame);
      return b === undefined ? undefined : comparison(a, b);
    };
  }
  const fast = builtin.name === "internal.member_2" ? member : plainNumbers[builtin.name];
  if (fast === undefined) return undefined;
  return (machine, frame) => {
    const a = left(machine, frame);
    if (a === undefined) return undefined;
    const b = right(machine, frame);
    if (b === undefined) return undefined;
    return fast(a, b) ?? applyBuiltin(builtin, [a, b], { machine, loc });
  };
}

function member(item: Value, collection: Value): Value | undefined {
  if (collection instanceof RegoSet) return collection.has(item);
  if (isArray(collection) && collection.length < 64) return collection.some((other) => equal(other, item));
  return undefined;
}
