import { PlanError } from "#server/plan/plan-error.ts";
import { convert } from "#server/plan/value/convert.ts";
import {
  addNum,
  compareNum,
  floorNum,
  isWholeNum,
  type Num,
  negateNum,
  numFromDouble,
  numFromInteger,
  numToDouble,
  numToIndex,
} from "#server/plan/value/number.ts";
import { ANY, NUMBER } from "#server/plan/value/type.ts";
import { children, number, numOf, textOf, type Value } from "#server/plan/value/value.ts";
import type { FunctionSpec, FunctionTable } from "./function.ts";

export const numberFunctions: FunctionTable = {
  abs: unary((value) => (value.mantissa < 0n ? negateNum(value) : value)),
  ceil: unary((value) => (isWholeNum(value) ? value : numFromInteger(floorNum(value) + 1n))),
  floor: unary((value) => (isWholeNum(value) ? value : numFromInteger(floorNum(value)))),
  signum: unary((value) => numFromInteger(value.mantissa > 0n ? 1 : value.mantissa < 0n ? -1 : 0)),
  log: binary((value, base) => Math.log(value) / Math.log(base)),
  pow: binary((value, power) => value ** power),
  max: extreme(1),
  min: extreme(-1),
  sum: { parameters: [ANY], returns: NUMBER, reads: "whole", apply: ([items]) => sum(items!) },
  parseint: {
    parameters: [ANY, NUMBER],
    returns: NUMBER,
    reads: "whole",
    apply: ([source, base]) => parseInteger(source!, base!),
  },
};

function unary(calculate: (value: Num) => Num): FunctionSpec {
  return {
    parameters: [NUMBER],
    returns: NUMBER,
    reads: "whole",
    apply: ([value]) => number(calculate(numOf(value!))),
  };
}

function binary(calculate: (left: number, right: number) => number): FunctionSpec {
  const apply = ([left, right]: readonly Value[]) => {
    const result = calculate(numToDouble(numOf(left!)), numToDouble(numOf(right!)));
    if (!Number.isFinite(result)) throw new PlanError("the result is not a finite number.");
    return number(numFromDouble(result));
  };
  return { parameters: [NUMBER, NUMBER], returns: NUMBER, reads: "whole", apply };
}

function extreme(direction: 1 | -1): FunctionSpec {
  const better = (left: Num, right: Num) => (Math.sign(compareNum(right, left)) === direction ? right : left);
  return {
    parameters: [NUMBER],
    rest: NUMBER,
    returns: NUMBER,
    reads: "whole",
    apply: (values) => number(values.map(numOf).reduce(better)),
  };
}

function sum(items: Value): Value {
  if (!Array.isArray(items.content)) throw new PlanError("a list, set or tuple of numbers is required.");
  if (items.content.length === 0) throw new PlanError("cannot sum an empty list.");
  const numbers = children(items).map((item) => {
    if (item.content === null) throw new PlanError("cannot sum a null value.");
    return numOf(convert(item, NUMBER));
  });
  return number(numbers.reduce(addNum));
}

const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

function parseInteger(source: Value, base: Value): Value {
  if (source.type.kind !== "string") throw new PlanError("the first argument must be text.");
  const written = textOf(source);
  const radix = numToIndex(numOf(base)) ?? 0;
  if (radix < 2 || radix > 62) throw new PlanError("the base must be a whole number from 2 to 62.");
  const isNegative = written.startsWith("-");
  const body = written.replace(/^[+-]/, "");
  let total = 0n;
  for (const character of radix <= 36 ? body.toLowerCase() : body) {
    const digit = digits.indexOf(character);
    if (digit < 0 || digit >= radix) throw new PlanError(`"${written}" is not a number of base ${radix}.`);
    total = total * BigInt(radix) + BigInt(digit);
  }
  if (body === "") throw new PlanError(`"${written}" is not a number of base ${radix}.`);
  return number(numFromInteger(isNegative ? -total : total, 512));
}
