import { sortStrings } from "./code-points.ts";
import { RegoNumber } from "./rego-number.ts";
import { RegoObject } from "./rego-object.ts";
import { regoText } from "./text.ts";
import { isArray, type Value } from "./value.ts";

/**
 * Plain JS for the outside: sets become sorted arrays, non-string keys their Rego text. Numbers that JS
 * cannot hold are rounded; `jsonText` keeps them.
 */
export function toJson(value: Value): unknown {
  if (value === null || typeof value !== "object") return value;
  if (value instanceof RegoNumber) return value.approximate;
  if (isArray(value)) return value.map(toJson);
  if (!(value instanceof RegoObject)) return value.sorted().map(toJson);
  const fields: [string, unknown][] = [];
  for (const key of value.keys()) fields.push([keyText(key), toJson(value.get(key) as Value)]);
  return Object.fromEntries(fields);
}

/** A key of a JSON object: strings as they are, other values as Rego text. */
export function keyText(key: Value): string {
  return typeof key === "string" ? key : regoText(key);
}

/** JSON with sorted keys and every number as it was written. */
export function jsonText(value: Value): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value === null || typeof value !== "object") return String(value);
  if (value instanceof RegoNumber) return value.text;
  if (isArray(value)) return `[${value.map(jsonText).join(",")}]`;
  if (!(value instanceof RegoObject)) return `[${value.sorted().map(jsonText).join(",")}]`;
  const byName = new Map(value.keys().map((key) => [keyText(key), value.get(key) as Value]));
  const names = sortStrings([...byName.keys()]);
  return `{${names.map((name) => `${JSON.stringify(name)}:${jsonText(byName.get(name) as Value)}`).join(",")}}`;
}
