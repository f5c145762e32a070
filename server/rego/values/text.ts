import { MAX_TEXT, Meter } from "./meter.ts";
import { RegoNumber } from "./rego-number.ts";
import { RegoObject } from "./rego-object.ts";
import { isArray, type Value } from "./value.ts";

/** A value as a Rego term: `{"k": {1, 2}}`, `set()`. */
export function regoText(value: Value): string {
  if (value === null || typeof value !== "object") return scalarText(value);
  return textOf(value, new Meter(MAX_TEXT));
}

function scalarText(value: string | number | boolean | null): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

function textOf(value: Value, meter: Meter): string {
  if (value === null || typeof value !== "object") {
    const text = scalarText(value);
    meter.spend(text.length + 2);
    return text;
  }
  meter.spend(2);
  if (value instanceof RegoNumber) return value.text;
  if (isArray(value)) return `[${value.map((item) => textOf(item, meter)).join(", ")}]`;
  if (value instanceof RegoObject) {
    const fields = value.keys().map((key) => `${textOf(key, meter)}: ${textOf(value.get(key) as Value, meter)}`);
    return `{${fields.join(", ")}}`;
  }
  if (value.size === 0) return "set()";
  return `{${value
    .sorted()
    .map((item) => textOf(item, meter))
    .join(", ")}}`;
}

/** A value inside a message: strings bare, everything else as a Rego term. */
export function displayText(value: Value): string {
  return typeof value === "string" ? value : regoText(value);
}
