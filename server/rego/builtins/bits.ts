import { bitLength } from "#server/rego/values/big-float.ts";
import { fromBigInt } from "#server/rego/values/number.ts";
import type { Value } from "#server/rego/values/value.ts";
import type { Builtin, BuiltinContext, FunctionBuiltin } from "./builtin.ts";
import { bigIntOperand, operandError } from "./operands.ts";
import { number } from "./type-spec.ts";

function binary(name: string, operation: (a: bigint, b: bigint) => bigint): FunctionBuiltin {
  return {
    name,
    params: [number, number],
    result: number,
    call: (args, ctx) => {
      const a = bigIntOperand(args, 0);
      const b = bigIntOperand(args, 1);
      ctx.charge((bitLength(a) + bitLength(b)) >> 2);
      return fromBigInt(operation(a, b));
    },
  };
}

const MAX_SHIFT = 100_000n;

function shiftOperand(args: readonly Value[], ctx: BuiltinContext): bigint {
  const shift = bigIntOperand(args, 1);
  if (shift < 0n) throw operandError(1, "must be an unsigned integer number but got a negative integer");
  ctx.charge(Number(shift) / 4);
  return shift;
}

export const bits: readonly Builtin[] = [
  binary("bits.and", (a, b) => a & b),
  binary("bits.or", (a, b) => a | b),
  binary("bits.xor", (a, b) => a ^ b),
  {
    name: "bits.negate",
    params: [number],
    result: number,
    call: (args) => fromBigInt(~bigIntOperand(args, 0)),
  },
  {
    name: "bits.lsh",
    params: [number, number],
    result: number,
    call: (args, ctx) => {
      const value = bigIntOperand(args, 0);
      const shift = shiftOperand(args, ctx);
      if (shift > MAX_SHIFT) throw operandError(1, `must be at most ${MAX_SHIFT}`);
      return fromBigInt(value << shift);
    },
  },
  {
    name: "bits.rsh",
    params: [number, number],
    result: number,
    call: (args, ctx) => {
      const value = bigIntOperand(args, 0);
      const shift = shiftOperand(args, ctx);
      return fromBigInt(value >> (shift > MAX_SHIFT ? MAX_SHIFT : shift));
    },
  },
];
