import { createHash } from "node:crypto";
import { fromJson, toJson } from "#server/plan/functions/json.ts";
import { PlanError } from "#server/plan/plan-error.ts";
import { entriesOf, text, textOf, unknown, type Value, withSensitivity } from "#server/plan/value/value.ts";
import type { Rewrite, RewriteKind } from "./rewrites.ts";

/** Why an attribute set to an empty value is unknown: plug-ins of the old kind take it for one left out. */
export const leftToProvider = "an empty value leaves it to the provider";

/** The value as the provider's plan will show it, or unknown where that cannot be told. */
export function rewriteValue(value: Value, rewrite: Rewrite | undefined): Value {
  if (rewrite === undefined || value.content === undefined) return value;
  if (rewrite.dropsEmpty && isEmpty(value))
    return withSensitivity(unknown(value.type, leftToProvider), value.sensitive);
  if (rewrite.kind === "none") return value;
  const result = typeof value.content === "string" ? rewriteText(textOf(value), rewrite.kind) : undefined;
  const isUntouched = result === undefined && rewrite.kind !== "hidden";
  if (isUntouched) return value;
  return withSensitivity(result ?? unknown(value.type, "the provider rewrites this value"), value.sensitive);
}

function isEmpty({ content }: Value): boolean {
  if (content === "" || content === false) return true;
  if (Array.isArray(content)) return content.length === 0;
  if (content instanceof Map) return content.size === 0;
  return typeof content === "object" && content !== null && "mantissa" in content && content.mantissa === 0n;
}

function rewriteText(source: string, kind: RewriteKind): Value | undefined {
  const isTight = source === source.trim();
  const hidden = unknown({ kind: "string" }, "the provider rewrites this text");
  switch (kind) {
    case "sha1":
      return text(createHash("sha1").update(source, "utf8").digest("hex"));
    case "json":
      return normalizedJson(source) ?? hidden;
    case "lower":
      return isTight ? text(source.toLowerCase()) : hidden;
    case "upper":
      return isTight ? text(source.toUpperCase()) : hidden;
    case "lower-without-dot":
      return isTight ? text(source.toLowerCase().replace(/\.$/, "")) : hidden;
    case "without-dot":
      return isTight ? text(source.replace(/\.$/, "")) : hidden;
    case "trimmed":
      return text(source.trim());
    case "plain-only":
      return /^[a-z0-9_-]+$/.test(source) ? text(source) : hidden;
    case "no-document":
      return isTight && !/^[[{]/.test(source) ? text(source) : hidden;
    default:
      return undefined;
  }
}

/** Compact JSON with sorted keys. A policy without statements counts as none, so it is not claimed. */
function normalizedJson(source: string): Value | undefined {
  try {
    const value = fromJson(source);
    const hasContent = value.content instanceof Map && entriesOf(value).size > 0;
    if (!hasContent || /e[+-]?\d/i.test(source.replace(/"(?:[^"\\]|\\.)*"/g, ""))) return undefined;
    const isPolicy = entriesOf(value).has("Version") || entriesOf(value).has("Statement");
    const statements = entriesOf(value).get("Statement")?.content;
    const hasStatements = Array.isArray(statements) ? statements.length > 0 : statements instanceof Map;
    return isPolicy && !hasStatements ? undefined : text(toJson(value));
  } catch (error) {
    if (error instanceof PlanError) return undefined;
    throw error;
  }
}
