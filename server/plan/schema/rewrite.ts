import { createHash } from "node:crypto";
import { STRING } from "#server/plan/value/type.ts";
import { text, textOf, unknown, type Value, withSensitivity } from "#server/plan/value/value.ts";
import type { Rewrite } from "./schema.ts";

/** The value as the provider's plan will show it, or unknown where that cannot be told. */
export function rewriteValue(value: Value, rewrite: Rewrite | undefined): Value {
  if (rewrite === undefined || typeof value.content !== "string") return value;
  return withSensitivity(rewritten(textOf(value), rewrite), value.sensitive);
}

function rewritten(source: string, rewrite: Rewrite): Value {
  switch (rewrite) {
    case "sha1":
      return text(createHash("sha1").update(source, "utf8").digest("hex"));
    case "lower":
      return text(source.toLowerCase());
    case "trim-dot":
      return text(source.replace(/\.$/, ""));
    default:
      return unknown(STRING, "the provider rewrites this text");
  }
}
