import { numToDouble } from "#server/plan/value/number.ts";
import { entriesOf, findUnknown, itemsOf, numOf, type Value } from "#server/plan/value/value.ts";

/** A value as plan JSON: what is known, and masks of the same shape for what is unknown and what is secret. */
export type Rendered = { after: unknown; unknown: unknown; sensitive: unknown };

/** `true` for unknown, nested masks for structures, `false` where there is nothing to say. */
export function renderValue(value: Value): Rendered {
  return { after: knownPart(value), unknown: unknownMask(value), sensitive: sensitiveMask(value) };
}

/** The known part: unknown attributes are left out, unknown list elements are null. */
export function knownPart(value: Value): unknown {
  if (value.content === null || value.content === undefined) return null;
  if (typeof value.content === "string" || typeof value.content === "boolean") return value.content;
  if (Array.isArray(value.content)) return itemsOf(value).map(knownPart);
  if (!(value.content instanceof Map)) return numToDouble(numOf(value));
  const known = [...entriesOf(value)].filter(([, item]) => item.content !== undefined);
  return plainObject(known.map(([key, item]) => [key, knownPart(item)]));
}

export function unknownMask(value: Value): unknown {
  if (value.content === undefined) return true;
  if (Array.isArray(value.content)) return itemsOf(value).map(unknownMask);
  if (!(value.content instanceof Map)) return false;
  return plainObject(
    [...entriesOf(value)].map(([key, item]) => [key, unknownMask(item)] as const).filter(([, mask]) => mask !== false),
  );
}

export function sensitiveMask(value: Value): unknown {
  if (value.sensitive) return true;
  if (Array.isArray(value.content)) return itemsOf(value).map(sensitiveMask);
  if (!(value.content instanceof Map)) return false;
  return plainObject(
    [...entriesOf(value)]
      .map(([key, item]) => [key, sensitiveMask(item)] as const)
      .filter(([, mask]) => mask !== false),
  );
}

/** Each unknown place below a value with its reason. */
export function unknownPaths(value: Value, path: string): { path: string; reason: string }[] {
  if (value.content === undefined) return [{ path, reason: findUnknown(value) ?? "not known before apply" }];
  if (Array.isArray(value.content))
    return itemsOf(value).flatMap((item, index) => unknownPaths(item, `${path}[${index}]`));
  if (!(value.content instanceof Map)) return [];
  return [...entriesOf(value)].flatMap(([key, item]) => unknownPaths(item, path === "" ? key : `${path}.${key}`));
}

/** An object that a key named `__proto__` cannot disturb. */
export function plainObject(entries: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  const target: Record<string, unknown> = {};
  for (const [key, value] of entries)
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  return target;
}
