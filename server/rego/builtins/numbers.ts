import { absolute, ceil, floor, fromBigInt, round } from "#server/rego/values/number.ts";
import type { NumberValue, Value } from "#server/rego/values/value.ts";
import type { Builtin, BuiltinContext, FunctionBuiltin } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import { bigIntOperand, integerOperand, numberOperand, stringOperand } from "./operands.ts";
import { calculated } from "./operators.ts";
import { arrayOf, number, string } from "./type-spec.ts";

function unary(name: string, operation: (a: NumberValue) => NumberValue): FunctionBuiltin {
  return {
    name,
    params: [number],
    result: number,
    call: (args) => {
      const a = numberOperand(args, 0);
      return calculated(() => operation(a));
    },
  };
}

/** From one integer to another, both included, upwards or downwards. */
function range(from: bigint, to: bigint, step: bigint, ctx: BuiltinContext): Value {
  const count = Number((from <= to ? to - from : from - to) / step) + 1;
  ctx.charge(count);
  const signed = from <= to ? step : -step;
  if (Number.isSafeInteger(Number(from)) && Number.isSafeInteger(Number(to))) {
    const first = Number(from);
    const stride = Number(signed);
    return Array.from({ length: count }, (_, i) => first + i * stride);
  }
  return Array.from({ length: count }, (_, i) => fromBigInt(from + BigInt(i) * signed));
}

/** The same answer for the same operands within one query. */
function randomInteger(seed: string, bound: number, ctx: BuiltinContext): number {
  if (bound === 0) return 0;
  const key = `rand.intn ${bound} ${seed}`;
  const known = ctx.cache.get(key);
  if (typeof known === "number") return known;
  const chosen = Math.floor(ctx.random() * bound);
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
    call: (args, ctx) => randomInteger(stringOperand(args, 0), Math.abs(integerOperand(args, 1)), ctx),
  },
];
