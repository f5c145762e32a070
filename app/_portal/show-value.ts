import { minutesInWords } from "#app/_ui/time/format-time.ts";

/** A fact's value as the decision view writes it. */
export function showValue(value: unknown): string {
  if (value === undefined) return "undefined";
  if (typeof value === "string") return value;
  return JSON.stringify(value);
}

/** A limit as it is read: lists by their entries, lengths by their units. */
export function showLimit(value: unknown, type: string): string {
  if (type === "minutes" && typeof value === "number") return minutesInWords(value);
  if (!Array.isArray(value) || value.some((each) => typeof each === "object")) return showValue(value);
  return value.length > 0 ? value.join(", ") : "none";
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
