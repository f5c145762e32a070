import { RegoNumber } from "./rego-number.ts";
import { RegoObject } from "./rego-object.ts";
import { isArray, type Value } from "./value.ts";

/** A value as a Rego term: `{"k": {1, 2}}`, `set()`. */
export function regoText(value: Value): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value === null || typeof value !== "object") return String(value);
  if (value instanceof RegoNumber) return value.text;
  if (isArray(value)) return `[${value.map(regoText).join(", ")}]`;
  if (value instanceof RegoObject) {
    return `{${value
      .keys()
      .map((key) => `${regoText(key)}: ${regoText(value.get(key) as Value)}`)
      .join(", ")}}`;
  }
  return value.size === 0 ? "set()" : `{${value.sorted().map(regoText).join(", ")}}`;
}

/** A value inside a message: strings bare, everything else as a Rego term. */
export function displayText(value: Value): string {
  return typeof value === "string" ? value : regoText(value);
}
