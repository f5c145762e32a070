import { ObjectBuilder, RegoObject } from "#server/rego/values/rego-object.ts";
import { RegoSet } from "#server/rego/values/rego-set.ts";
import { equal, isArray, type Value } from "#server/rego/values/value.ts";
import type { Builtin, BuiltinContext } from "./builtin.ts";
import { BuiltinError } from "./builtin-error.ts";
import { ENTRY } from "./cost.ts";
import { arrayOperand, objectOperand, operand, wrongElement, wrongType } from "./operands.ts";
import { any, array, arrayOf, boolean, object, oneOf, set } from "./type-spec.ts";

/** The keys that an array, a set or an object of keys names. */
function keysOperand(args: readonly Value[], index: number): RegoSet {
  const value = operand(args, index);
  if (value instanceof RegoSet) return value;
  if (isArray(value)) return RegoSet.of(value);
  if (value instanceof RegoObject) return RegoSet.of(value.keys());
  throw wrongType(index, value, "object", "set", "array");
}

function filterKeys(args: readonly Value[], keep: boolean, ctx: BuiltinContext): Value {
  const source = objectOperand(args, 0);
  const keys = keysOperand(args, 1);
  ctx.charge(source.size * ENTRY);
  const kept = new ObjectBuilder();
  for (const [key, value] of source.unsorted()) if (keys.has(key) === keep) kept.set(key, value);
  return kept.build();
}

/** The value below, through objects by key, arrays by index and sets by member. */
export function child(value: Value, key: Value): Value | undefined {
  if (value instanceof RegoObject) return value.get(key);
  if (value instanceof RegoSet) return value.has(key) ? key : undefined;
  return isArray(value) && typeof key === "number" ? value[key] : undefined;
}

function get(source: RegoObject, path: Value): Value | undefined {
  if (!isArray(path)) return source.get(path);
  let at: Value | undefined = source;
  for (const key of path) {
    if (at === undefined) return undefined;
    at = child(at, key);
  }
  return at;
}

/** The second wins, and objects on both sides are merged. */
function union(a: RegoObject, b: RegoObject, ctx: BuiltinContext): RegoObject {
  ctx.charge((a.size + b.size) * ENTRY);
  const merged = ObjectBuilder.from(a);
  for (const [key, value] of b.unsorted()) {
    const existing = merged.get(key);
    const both = existing instanceof RegoObject && value instanceof RegoObject;
    merged.set(key, both ? union(existing, value, ctx) : value);
  }
  return merged.build();
}

function isSubObject(whole: RegoObject, part: RegoObject, ctx: BuiltinContext): boolean {
  ctx.charge(part.size);
  for (const [key, value] of part.unsorted()) {
    const found = whole.get(key);
    if (found === undefined || !(equal(found, value) || isSubset(found, value, ctx) === true)) return false;
  }
  return true;
}

function isSubArray(whole: readonly Value[], part: readonly Value[], ctx: BuiltinContext): boolean {
  for (let start = 0; start + part.length <= whole.length; start++) {
    ctx.charge(1);
    if (part.every((item, i) => equal(item, whole[start + i] as Value))) return true;
  }
  return false;
}

/** Undefined where the two cannot be compared. */
function isSubset(whole: Value, part: Value, ctx: BuiltinContext): boolean | undefined {
  if (whole instanceof RegoObject && part instanceof RegoObject) return isSubObject(whole, part, ctx);
  if (whole instanceof RegoSet && part instanceof RegoSet) return part.isSubsetOf(whole);
  if (isArray(whole) && isArray(part)) return isSubArray(whole, part, ctx);
  return undefined;
}

/** An array holds a set if it holds its members, except that an empty set needs an array with a member. */
function subset(whole: Value, part: Value, ctx: BuiltinContext): boolean {
  if (isArray(whole) && part instanceof RegoSet) {
    ctx.charge(whole.length);
    return whole.length > 0 && part.isSubsetOf(RegoSet.of(whole));
  }
  const answer = isSubset(whole, part, ctx);
  if (answer !== undefined) return answer;
  throw new BuiltinError("eval_type_error", "both arguments object.subset must be of the same type or array and set");
}

const keyList = oneOf(array, set, object);
const comparable = oneOf(object, set, array);

export const objects: readonly Builtin[] = [
  { name: "object.filter", params: [object, keyList], result: any, call: (args, ctx) => filterKeys(args, true, ctx) },
  { name: "object.remove", params: [object, keyList], result: any, call: (args, ctx) => filterKeys(args, false, ctx) },
  {
    name: "object.get",
    params: [object, any, any],
    result: any,
    call: (args) => {
      const found = get(objectOperand(args, 0), operand(args, 1));
      return found === undefined ? operand(args, 2) : found;
    },
  },
  {
    name: "object.keys",
    params: [object],
    result: set,
    call: (args, ctx) => {
      const source = objectOperand(args, 0);
      ctx.charge(source.size * ENTRY);
      return RegoSet.of(source.keys());
    },
  },
  {
    name: "object.subset",
    params: [comparable, comparable],
    result: boolean,
    call: (args, ctx) => subset(operand(args, 0), operand(args, 1), ctx),
  },
  {
    name: "object.union",
    params: [object, object],
    result: any,
    call: (args, ctx) => union(objectOperand(args, 0), objectOperand(args, 1), ctx),
  },
  {
    name: "object.union_n",
    params: [arrayOf(object)],
    result: any,
    call: (args, ctx) => {
      let merged = RegoObject.empty;
      for (const item of arrayOperand(args, 0)) {
        if (!(item instanceof RegoObject)) throw wrongElement(0, operand(args, 0), item, "object");
        merged = union(merged, item, ctx);
      }
      return merged;
    },
  },
];
