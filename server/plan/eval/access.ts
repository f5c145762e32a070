import { PlanError, withoutValues } from "#server/plan/plan-error.ts";
import { convert } from "#server/plan/value/convert.ts";
import { numToIndex, numToText } from "#server/plan/value/number.ts";
import { ANY, isKeyed, isSequence, NUMBER, STRING, type Type, typeName } from "#server/plan/value/type.ts";
import {
  entriesOf,
  isUnknown,
  itemsOf,
  numOf,
  textOf,
  unknown,
  type Value,
  withSensitivity,
} from "#server/plan/value/value.ts";

/** `source.name` */
export function readAttribute(source: Value, name: string): Value {
  if (source.content === null) throw new PlanError(`"${name}" cannot be read from a null value.`);
  if (isUnknown(source)) return withSensitivity(unknownAttribute(source, name), source.sensitive);
  if (!isKeyed(source.type))
    throw new PlanError(
      `"${name}" cannot be read from ${typeName(source.type)}.`,
      undefined,
      attributeHint(source.type),
    );
  const found = entriesOf(source).get(name);
  if (found) return withSensitivity(found, source.sensitive);
  if (source.type.kind === "object" && source.type.open)
    return withSensitivity(unknown(ANY, openReason(source, name)), source.sensitive);
  const names = [...entriesOf(source).keys()];
  const hint = names.length === 0 ? "It is empty." : `It has: ${names.slice(0, 12).join(", ")}.`;
  throw new PlanError(`There is no ${source.type.kind === "map" ? "key" : "attribute"} "${name}".`, undefined, hint);
}

function attributeHint(type: Type): string | undefined {
  return isSequence(type) ? "Name one element by its index, or use [*] for all." : undefined;
}

/** A resource names the attribute it cannot know; other open values keep their one reason. */
function openReason(source: Value, name: string): string {
  const reason = source.reason ?? "not known before apply";
  return reason.replace("{attribute}", name);
}

function unknownAttribute(source: Value, name: string): Value {
  const reason = openReason(source, name);
  if (source.type.kind === "any") return unknown(ANY, reason);
  if (source.type.kind === "map") return unknown(source.type.element, reason);
  const type = source.type.kind === "object" ? source.type.attributes.get(name) : undefined;
  if (type) return unknown(type, reason);
  if (source.type.kind === "object" && source.type.open) return unknown(ANY, reason);
  throw new PlanError(`"${name}" cannot be read from ${typeName(source.type)}.`);
}

/** `source[key]` */
export function readIndex(source: Value, key: Value): Value {
  const isSensitive = source.sensitive || key.sensitive;
  const found = key.sensitive ? withoutValues(() => readElement(source, key)) : readElement(source, key);
  return withSensitivity(found, isSensitive);
}

function readElement(source: Value, key: Value): Value {
  if (source.content === null) throw new PlanError("A null value has no elements.");
  if (key.content === null) throw new PlanError("An index must not be null.");
  if (source.type.kind === "any") return unknown(ANY, source.reason ?? "not known before apply");
  if (isKeyed(source.type)) return readKey(source, convert(key, STRING));
  if (source.type.kind === "set")
    throw new PlanError("A set has no order, so it has no index.", undefined, "Convert it with tolist().");
  if (!isSequence(source.type)) throw new PlanError(`${typeName(source.type)} has no elements.`);
  return readPosition(source, convert(key, NUMBER));
}

function readKey(source: Value, key: Value): Value {
  if (isUnknown(key)) return unknown(elementType(source.type), key.reason ?? "not known before apply");
  return readAttribute(source, textOf(key));
}

function readPosition(source: Value, key: Value): Value {
  const reason = source.reason ?? key.reason ?? "not known before apply";
  if (isUnknown(key)) return unknown(elementType(source.type), reason);
  const index = numToIndex(numOf(key));
  if (index === undefined) throw new PlanError(`${numToText(numOf(key))} is not a whole number.`);
  if (isUnknown(source)) {
    if (source.type.kind === "tuple") return unknown(source.type.elements[index] ?? ANY, reason);
    return unknown(elementType(source.type), reason);
  }
  const found = index < 0 ? undefined : itemsOf(source)[index];
  if (found) return found;
  const { length } = itemsOf(source);
  throw new PlanError(`There is no element ${index}: the ${source.type.kind} has ${length === 0 ? "none" : length}.`);
}

export function elementType(type: Type): Type {
  return "element" in type ? type.element : ANY;
}
