import { createHash } from "node:crypto";
import type { Json } from "./audit-event.ts";

const LONGEST_TEXT = 4096;
const DEEPEST = 12;
const MOST_ITEMS = 500;

// Half of a surrogate pair has no UTF-8 form, and PostgreSQL stores no NUL.
const UNSTORABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is exactly what is meant
  /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The value as it can be kept: storable characters, finite numbers, bounded length and depth. */
export function keepable(value: unknown, depth = 0): Json {
  if (typeof value === "string") return keepableText(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "boolean" || value === null || value === undefined) return value ?? null;
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (depth >= DEEPEST) return "…";
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map((item) => keepable(item, depth + 1));
  if (typeof value !== "object") return String(value);
  const kept: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value).slice(0, MOST_ITEMS))
    if (item !== undefined) kept[keepableText(key)] = keepable(item, depth + 1);
  return kept;
}

function keepableText(text: string): string {
  const storable = text.replace(UNSTORABLE, "\ufffd");
  if (storable.length <= LONGEST_TEXT) return storable;
  const digest = createHash("sha256").update(storable).digest("hex");
  const start = storable.slice(0, LONGEST_TEXT).replace(UNSTORABLE, "");
  return `${start}… (${storable.length} characters, sha256 ${digest})`;
}
