import { createRedactor } from "./redactor.ts";
import { SHORTEST_SECRET } from "./secret-forms.ts";

/** A copy of a JSON value in which every text, names of fields included, is free of these secrets. */
export function redactValue<T>(value: T, secrets: readonly string[]): T {
  const worth = secrets.filter((secret) => secret.trim().length >= SHORTEST_SECRET);
  if (worth.length === 0) return value;
  const redactor = createRedactor(worth);
  const text = (given: string) => redactor(given) + redactor.flush();
  const walk = (given: unknown): unknown => {
    if (typeof given === "string") return text(given);
    if (Array.isArray(given)) return given.map(walk);
    if (given === null || typeof given !== "object") return given;
    return Object.fromEntries(Object.entries(given).map(([key, item]) => [text(key), walk(item)]));
  };
  return walk(value) as T;
}
