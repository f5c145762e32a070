import { isArray, type Value } from "#server/rego/values/value.ts";
import type { Builtin } from "./builtin.ts";
import { MEMBER } from "./cost.ts";
import { arrayOperand, integerOperand } from "./operands.ts";
import { array, number } from "./type-spec.ts";

/** One level: arrays inside are replaced by their members. */
function flatten(items: readonly Value[]): Value {
  return items.flatMap((item) => (isArray(item) ? item : [item]));
}

export const arrays: readonly Builtin[] = [
  {
    name: "array.concat",
    params: [array, array],
    result: array,
    call: (args, ctx) => {
      const joined = [...arrayOperand(args, 0), ...arrayOperand(args, 1)];
      ctx.charge(joined.length * MEMBER);
      return joined;
    },
  },
  {
    name: "array.flatten",
    params: [array],
    result: array,
    call: (args, ctx) => {
      const items = arrayOperand(args, 0);
      ctx.charge(items.length * MEMBER);
      return flatten(items);
    },
  },
  {
    name: "array.reverse",
    params: [array],
    result: array,
    call: (args, ctx) => {
      const items = arrayOperand(args, 0);
      ctx.charge(items.length * MEMBER);
      return [...items].reverse();
    },
  },
  {
    name: "array.slice",
    params: [array, number, number],
    result: array,
    call: (args, ctx) => {
      const items = arrayOperand(args, 0);
      const from = Math.max(0, integerOperand(args, 1));
      const part = items.slice(from, Math.max(from, integerOperand(args, 2)));
      ctx.charge(part.length * MEMBER);
      return part;
    },
  },
];
