import { sortStrings, wellFormed } from "./code-points.ts";
import { MAX_MEMBERS, MAX_TEXT, Meter } from "./meter.ts";
import { RegoNumber } from "./rego-number.ts";
import { RegoObject } from "./rego-object.ts";
import { regoText } from "./text.ts";
import { isArray, type Value } from "./value.ts";

/**
 * Plain JS for the outside: sets become sorted arrays, non-string keys their Rego text. Numbers that JS
 * cannot hold are rounded; `jsonText` keeps them.
 */
export function toJson(value: Value): unknown {
  return plain(value, new Meter(MAX_MEMBERS));
}

function plain(value: Value, meter: Meter): unknown {
  meter.spend(1);
  if (typeof value === "string") return wellFormed(value);
  if (value === null || typeof value !== "object") return value;
  if (value instanceof RegoNumber) return value.approximate;
  if (isArray(value)) return value.map((item) => plain(item, meter));
  if (!(value instanceof RegoObject)) return value.sorted().map((item) => plain(item, meter));
  const fields: [string, unknown][] = [];
  for (const key of value.keys()) fields.push([keyText(key), plain(value.get(key) as Value, meter)]);
  return Object.fromEntries(fields);
}

/** A key of a JSON object: strings as they are, other values as Rego text. */
export function keyText(key: Value): string {
  return typeof key === "string" ? wellFormed(key) : regoText(key);
}

/** JSON with sorted keys and every number as it was written. */
export function jsonText(value: Value): string {
  return textOf(value, new Meter(MAX_TEXT));
}

function textOf(value: Value, meter: Meter): string {
  if (value === null || typeof value !== "object") {
    const text = typeof value === "string" ? JSON.stringify(wellFormed(value)) : String(value);
    meter.spend(text.length + 1);
    return text;
  }
  meter.spend(2);
  if (value instanceof RegoNumber) return value.text;
  if (isArray(value)) return `[${value.map((item) => textOf(item, meter)).join(",")}]`;
  if (value instanceof RegoObject) return objectText(value, meter);
  return `[${value
    .sorted()
    .map((item) => textOf(item, meter))
    .join(",")}]`;
}

function objectText(object: RegoObject, meter: Meter): string {
  const byName = new Map(object.keys().map((key) => [keyText(key), object.get(key) as Value]));
  const names = sortStrings([...byName.keys()]);
  const fields = names.map((name) => {
    meter.spend(name.length + 3);
    return `${JSON.stringify(name)}:${textOf(byName.get(name) as Value, meter)}`;
  });
  return `{${fields.join(",")}}`;
}
