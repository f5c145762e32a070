import { floatOfDecimal, truncateFloat } from "#server/rego/values/big-float.ts";
import { compareNumbers, toBigInt } from "#server/rego/values/number.ts";
import type { RegoNumber } from "#server/rego/values/rego-number.ts";
import type { NumberValue } from "#server/rego/values/value.ts";
import type { Builtin } from "./builtin.ts";
import { numberOperand, operandError } from "./operands.ts";
import { number, string } from "./type-spec.ts";

/** The integer part, toward zero. */
function truncated(value: NumberValue): bigint {
  const exact = toBigInt(value);
  return exact ?? truncateFloat(floatOfDecimal((value as RegoNumber).decimal)).integer;
}

export const formatInt: readonly Builtin[] = [
  {
    name: "format_int",
    params: [number, number],
    result: string,
    call: (args) => {
      const value = numberOperand(args, 0);
      const wanted = numberOperand(args, 1);
      const base = [2, 8, 10, 16].find((known) => compareNumbers(known, wanted) === 0);
      if (base === undefined) throw operandError(1, "must be one of {2, 8, 10, 16}");
      return truncated(value).toString(base);
    },
  },
];
