import { codePointCount } from "#server/rego/values/code-points.ts";
import { add, multiply } from "#server/rego/values/number.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { RegoSet } from "#server/rego/values/rego-set.ts";
import { compare, isArray, isNumber, type NumberValue, type Value } from "#server/rego/values/value.ts";
import type { Builtin, FunctionBuiltin } from "./builtin.ts";
import { MEMBER } from "./cost.ts";
import { listOperand, operand, wrongElement, wrongType } from "./operands.ts";
import { calculated, digitCost } from "./operators.ts";
import { any, array, boolean, listOf, number, object, oneOf, set, string } from "./type-spec.ts";

function count(value: Value): number {
  if (isArray(value)) return value.length;
  if (value instanceof RegoObject || value instanceof RegoSet) return value.size;
  if (typeof value === "string") return codePointCount(value);
  throw wrongType(0, value, "array", "object", "set", "string");
}

function fold(
  name: string,
  start: number,
  operation: (a: NumberValue, b: NumberValue) => NumberValue,
): FunctionBuiltin {
  return {
    name,
    params: [listOf(number)],
    result: number,
    call: (args, ctx) => {
      const members = listOperand(args, 0);
      ctx.charge(members.length);
      let total: NumberValue = start;
      for (const member of members) {
        if (!isNumber(member)) throw wrongElement(0, operand(args, 0), member, "number");
        const sum = total;
        ctx.charge(digitCost(member) + digitCost(sum));
        total = calculated(() => operation(sum, member));
      }
      return total;
    },
  };
}

function extreme(name: string, sign: 1 | -1): FunctionBuiltin {
  return {
    name,
    params: [listOf(any)],
    result: any,
    call: (args, ctx) => {
      const members = listOperand(args, 0);
      ctx.charge(members.length);
      let best: Value | undefined;
      for (const member of members) if (best === undefined || compare(member, best) * sign >= 0) best = member;
      return best;
    },
  };
}

export const aggregates: readonly Builtin[] = [
  {
    name: "count",
    params: [oneOf(set, array, object, string)],
    result: number,
    call: (args) => count(operand(args, 0)),
  },
  fold("sum", 0, add),
  fold("product", 1, multiply),
  extreme("max", 1),
  extreme("min", -1),
  {
    name: "sort",
    params: [listOf(any)],
    result: array,
    call: (args, ctx) => {
      const members = listOperand(args, 0);
      ctx.charge(members.length * MEMBER);
      return operand(args, 0) instanceof RegoSet ? members : [...members].sort(compare);
    },
  },
  {
    name: "all",
    params: [listOf(any)],
    result: boolean,
    deprecated: true,
    call: (args) => listOperand(args, 0, "array", "set").every((member) => member === true),
  },
  {
    name: "any",
    params: [listOf(any)],
    result: boolean,
    deprecated: true,
    call: (args) => listOperand(args, 0, "array", "set").some((member) => member === true),
  },
];
