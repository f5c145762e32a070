import { absolute, ceil, floor, fromBigInt, round } from "#server/rego/values/number.ts";
import type { NumberValue, Value } from "#server/rego/values/value.ts";
import type { Builtin, BuiltinContext, FunctionBuiltin } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import { MEMBER } from "./cost.ts";
import { bigIntOperand, integerOperand, numberOperand, stringOperand } from "./operands.ts";
import { calculated, digitCost } from "./operators.ts";
import { arrayOf, number, string } from "./type-spec.ts";

function unary(name: string, operation: (a: NumberValue) => NumberValue): FunctionBuiltin {
  return {
    name,
    params: [number],
    result: number,
    call: (args, ctx) => {
      const a = numberOperand(args, 0);
      ctx.charge(digitCost(a));
      return calculated(() => operation(a));
    },
  };
}

/** From one integer to another, both included, upwards or downwards. */
function range(from: bigint, to: bigint, step: bigint, ctx: BuiltinContext): Value {
  const count = Number((from <= to ? to - from : from - to) / step) + 1;
  ctx.charge(count * MEMBER);
  const signed = from <= to ? step : -step;
  if ([from, to, step].every((value) => Number.isSafeInteger(Number(value)))) {
    const first = Number(from);
    const stride = Number(signed);
    return Array.from({ length: count }, (_, i) => first + i * stride);
  }
  return Array.from({ length: count }, (_, i) => fromBigInt(from + BigInt(i) * signed));
}

/** The same answer for the same operands within one query. */
function randomInteger(seed: string, bound: bigint, ctx: BuiltinContext): Value {
  const key = `rand.intn ${bound} ${seed}`;
  const known = ctx.cache.get(key);
  if (known !== undefined) return known as Value;
  const dice = BigInt(Math.floor(ctx.random() * 2 ** 53));
  const chosen = fromBigInt((dice * bound) >> 53n);
  ctx.cache.set(key, chosen);
  return chosen;
}

export const numbers: readonly Builtin[] = [
  unary("abs", absolute),
  unary("ceil", ceil),
  unary("floor", floor),
  unary("round", round),
  {
    name: "numbers.range",
    params: [number, number],
    result: arrayOf(number),
    call: (args, ctx) => range(bigIntOperand(args, 0), bigIntOperand(args, 1), 1n, ctx),
  },
  {
    name: "numbers.range_step",
    params: [number, number, number],
    result: arrayOf(number),
    call: (args, ctx) => {
      const from = bigIntOperand(args, 0);
      const to = bigIntOperand(args, 1);
      const step = bigIntOperand(args, 2);
      if (step <= 0n) throw failed("numbers.range_step: step must be a positive integer");
      return range(from, to, step, ctx);
    },
  },
  {
    name: "rand.intn",
    params: [string, number],
    result: number,
    deterministic: false,
    call: (args, ctx) => {
      const seed = stringOperand(args, 0);
      const bound = BigInt(integerOperand(args, 1));
      return randomInteger(seed, bound < 0n ? -bound : bound, ctx);
    },
  },
];
