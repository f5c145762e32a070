import { formatDouble, parseNumber } from "./number.ts";
import { RegoObject } from "./rego-object.ts";
import type { Value } from "./value.ts";

/** The value of what `JSON.parse` gave; objects inside convert themselves when they are looked into. */
export function fromJson(json: unknown): Value {
  switch (typeof json) {
    case "string":
    case "boolean":
      return json;
    case "number":
      return fromDouble(json);
    case "bigint":
      return parseNumber(String(json));
    case "object":
      if (json === null) return null;
      return Array.isArray(json) ? json.map(fromJson) : RegoObject.fromJson(json as Record<string, unknown>);
    default:
      return null;
  }
}

function fromDouble(double: number): Value {
  if (Number.isSafeInteger(double)) return double + 0;
  return Number.isFinite(double) ? parseNumber(formatDouble(double)) : null;
}
