import { formatNumber, toSafeInteger } from "#server/rego/values/number.ts";
import { RegoNumber } from "#server/rego/values/rego-number.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { RegoSet } from "#server/rego/values/rego-set.ts";
import { isNumber, type Value } from "#server/rego/values/value.ts";

/** What stands below a value at a key: field, element by index, or the set's own member. */
export function lookup(value: Value, key: Value): Value | undefined {
  if (value instanceof RegoObject) return value.get(key);
  if (Array.isArray(value)) {
    const index = typeof key === "number" ? key : key instanceof RegoNumber ? toSafeInteger(key) : undefined;
    return index === undefined ? undefined : (value as readonly Value[])[index];
  }
  if (value instanceof RegoSet) return value.has(key) ? key : undefined;
  return undefined;
}

/** Base data is JSON: an object's field may be asked for by number. */
export function baseLookup(value: Value, key: Value): Value | undefined {
  const found = lookup(value, key);
  if (found !== undefined || !(value instanceof RegoObject) || !isNumber(key)) return found;
  return value.get(formatNumber(key));
}
