import { numFromDouble, parseNum } from "#server/plan/value/number.ts";
import { bool, nullOf, number, object, text, tuple, type Value } from "#server/plan/value/value.ts";

/** A plain JSON value as a value of the language. */
export function jsonToValue(given: unknown): Value {
  if (given === null || given === undefined) return nullOf();
  if (typeof given === "string") return text(given);
  if (typeof given === "boolean") return bool(given);
  if (typeof given === "number")
    return number(parseNum(String(given)) ?? numFromDouble(Number.isFinite(given) ? given : 0));
  if (Array.isArray(given)) return tuple(given.map(jsonToValue));
  if (typeof given === "object")
    return object(Object.entries(given).map(([key, item]) => [key, jsonToValue(item)] as const));
  return nullOf();
}
