import { minutesInWords } from "#app/_ui/time/format-time.ts";

/** A fact's value as the decision view writes it. */
export function showValue(value: unknown): string {
  if (value === undefined) return "undefined";
  if (typeof value === "string") return value;
  return JSON.stringify(value);
}

/** What would pass, in words: a value, or the bounds of one; a length is in minutes. */
export function showAllowed(value: unknown, field?: string): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return showValue(value);
  const bounds = Object.entries(value);
  if (bounds.length === 0 || bounds.some(([name]) => name !== "min" && name !== "max")) return showValue(value);
  const shown = (bound: unknown) =>
    field === "duration" && typeof bound === "number" ? minutesInWords(bound) : showValue(bound);
  return bounds.map(([name, bound]) => `${name === "max" ? "at most" : "at least"} ${shown(bound)}`).join(" and ");
}
