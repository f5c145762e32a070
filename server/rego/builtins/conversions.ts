import { parseNumber } from "#server/rego/values/number.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { RegoSet } from "#server/rego/values/rego-set.ts";
import { isArray, isNumber, type Value } from "#server/rego/values/value.ts";
import type { Builtin, FunctionBuiltin } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import { ENTRY } from "./cost.ts";
import { operand, wrongType } from "./operands.ts";
import { any, array, boolean, nullType, number, object, oneOf, set, string, type TypeSpec } from "./type-spec.ts";

/** Plain decimals of Go's ParseFloat; underscores and hexadecimal forms have no number text. */
const decimal = /^([+-]?)(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function toNumber(value: Value): Value {
  if (value === null || value === false) return 0;
  if (value === true) return 1;
  if (isNumber(value)) return value;
  if (typeof value !== "string") throw wrongType(0, value, "null", "boolean", "number", "string");
  if (/^[+-]*(inf|infinity|nan)$/i.test(value)) throw wrongType(0, value, "valid number string");
  const match = decimal.exec(value);
  if (!match) throw failed(`strconv.ParseFloat: parsing ${JSON.stringify(value)}: invalid syntax`);
  if (!Number.isFinite(Number(value))) {
    throw failed(`strconv.ParseFloat: parsing ${JSON.stringify(value)}: value out of range`);
  }
  return parseNumber(jsonNumber(match));
}

/** `+007.` is `7`: the text a number keeps has to be a JSON number. */
function jsonNumber([, sign, digits = "", exponent = ""]: RegExpExecArray): string {
  const [whole = "", fraction = ""] = digits.split(".");
  const trimmed = whole.replace(/^0+(?=\d)/, "") || "0";
  return `${sign === "-" ? "-" : ""}${trimmed}${fraction === "" ? "" : `.${fraction}`}${exponent}`;
}

function cast(name: string, type: TypeSpec, wanted: string, accepts: (value: Value) => boolean): FunctionBuiltin {
  return {
    name,
    params: [any],
    result: type,
    deprecated: true,
    call: (args) => {
      const value = operand(args, 0);
      if (accepts(value)) return value;
      throw wrongType(0, value, wanted);
    },
  };
}

export const conversions: readonly Builtin[] = [
  {
    name: "to_number",
    params: [oneOf(number, string, boolean, nullType)],
    result: number,
    call: (args) => toNumber(operand(args, 0)),
  },
  {
    name: "cast_array",
    params: [any],
    result: array,
    deprecated: true,
    call: (args, ctx) => {
      const value = operand(args, 0);
      if (isArray(value)) return value;
      if (!(value instanceof RegoSet)) throw wrongType(0, value, "array", "set");
      ctx.charge(value.size);
      return value.sorted();
    },
  },
  {
    name: "cast_set",
    params: [any],
    result: set,
    deprecated: true,
    call: (args, ctx) => {
      const value = operand(args, 0);
      if (value instanceof RegoSet) return value;
      if (!isArray(value)) throw wrongType(0, value, "array", "set");
      ctx.charge(value.length * ENTRY);
      return RegoSet.of(value);
    },
  },
  cast("cast_string", string, "string", (value) => typeof value === "string"),
  cast("cast_boolean", boolean, "boolean", (value) => typeof value === "boolean"),
  cast("cast_null", nullType, "null", (value) => value === null),
  cast("cast_object", object, "object", (value) => value instanceof RegoObject),
];
