import { PlanError } from "#server/plan/plan-error.ts";
import { numToText, parseNum } from "./number.ts";
import { ANY, listOf, mapOf, type ObjectType, sameType, type Type, typeName } from "./type.ts";
import { unifyTypes } from "./unify.ts";
import {
  bool,
  children,
  entriesOf,
  isSensitiveWithin,
  itemsOf,
  known,
  nullOf,
  number,
  numOf,
  set,
  sortedMap,
  text,
  textOf,
  unknown,
  type Value,
  withSensitivity,
} from "./value.ts";

/** Converts as Terraform does where a value meets a type constraint; throws a PlanError without a place. */
export function convert(value: Value, type: Type): Value {
  if (type.kind === "any" || sameType(value.type, type)) return value;
  const converted = convertBare(value, type);
  return withSensitivity(converted, value.sensitive);
}

/** The value converted, or undefined where no conversion exists. */
export function tryConvert(value: Value, type: Type): Value | undefined {
  try {
    return convert(value, type);
  } catch (error) {
    if (error instanceof PlanError) return undefined;
    throw error;
  }
}

function convertBare(value: Value, type: Type): Value {
  if (value.content === null) return nullOf(type);
  if (value.content === undefined) return convertUnknown(value, type);
  switch (type.kind) {
    case "string":
      return toText(value);
    case "number":
      return toNumber(value);
    case "bool":
      return toBool(value);
    case "list":
    case "set":
    case "map":
      return toCollection(value, type);
    case "tuple":
      return toTuple(value, type);
    case "object":
      return toObject(value, type);
    default:
      return value;
  }
}

function convertUnknown(value: Value, type: Type): Value {
  const reason = value.reason ?? "not known before apply";
  const from = value.type.kind;
  const isImpossible = from !== "any" && from !== type.kind && isScalar(from) !== isScalar(type.kind);
  if (isImpossible) throw mismatch(value, type);
  return unknown(type, reason);
}

const isScalar = (kind: Type["kind"]): boolean => kind === "string" || kind === "number" || kind === "bool";

function toText(value: Value): Value {
  if (value.type.kind === "number") return text(numToText(numOf(value)));
  if (value.type.kind === "bool") return text(value.content === true ? "true" : "false");
  throw mismatch(value, { kind: "string" });
}

function toNumber(value: Value): Value {
  const parsed = value.type.kind === "string" ? parseNum(textOf(value)) : undefined;
  if (!parsed) throw mismatch(value, { kind: "number" });
  return number(parsed);
}

function toBool(value: Value): Value {
  if (value.content === "true" || value.content === "1") return bool(true);
  if (value.content === "false" || value.content === "0") return bool(false);
  throw mismatch(value, { kind: "bool" });
}

function toCollection(value: Value, type: Extract<Type, { element: Type }>): Value {
  const isFromKeyed = value.content instanceof Map;
  if (isFromKeyed !== (type.kind === "map") || (!isFromKeyed && !Array.isArray(value.content)))
    throw mismatch(value, type);
  if (value.type.kind === "object" && value.type.open) return unknown(type, value.reason ?? "not known before apply");
  const wanted = type.element.kind === "any" ? commonType(value, type) : type.element;
  const items = children(value).map((item) => convert(item, wanted));
  // An element type with `any` deep inside, such as `list(map(any))`, becomes concrete by the values at hand.
  const element = unifyTypes(items.map((item) => item.type)) ?? concreteType(wanted);
  const unified = items.map((item) => convert(item, element));
  if (type.kind === "map") {
    const keys = [...entriesOf(value).keys()];
    return known(mapOf(element), new Map(keys.map((key, index) => [key, unified[index]!])));
  }
  if (type.kind !== "set") return known(listOf(element), unified);
  // A set cannot keep secrecy per element: its order would give them away.
  return withSensitivity(set(element, unified), unified.some(isSensitiveWithin));
}

/** The type of values, as a type constraint describes it: without the marks of optional attributes. */
function concreteType(type: Type): Type {
  if (type.kind === "object")
    return {
      kind: "object",
      attributes: new Map([...type.attributes].map(([name, item]) => [name, concreteType(item)])),
    };
  if (type.kind === "tuple") return { kind: "tuple", elements: type.elements.map(concreteType) };
  return "element" in type ? { ...type, element: concreteType(type.element) } : type;
}

function commonType(value: Value, wanted: Type): Type {
  if ("element" in value.type) return value.type.element;
  const types = children(value).map((item) => item.type);
  if (types.length === 0) return ANY;
  const unified = unifyTypes(types);
  if (!unified) throw new PlanError(`all ${wanted.kind} elements must have the same type`);
  return unified;
}

function toTuple(value: Value, type: Extract<Type, { kind: "tuple" }>): Value {
  const items = Array.isArray(value.content) ? itemsOf(value) : undefined;
  if (items?.length !== type.elements.length || value.type.kind !== "tuple") throw mismatch(value, type);
  const converted = items.map((item, index) => convert(item, type.elements[index]!));
  return known({ kind: "tuple", elements: converted.map((item) => item.type) }, converted);
}

function toObject(value: Value, type: ObjectType): Value {
  if (!(value.content instanceof Map)) throw mismatch(value, type);
  const own = entriesOf(value);
  const entries: [string, Value][] = [];
  for (const [name, wanted] of type.attributes) {
    entries.push([name, convertAttribute({ value, own: own.get(name), name, wanted }, type)]);
  }
  const content = sortedMap(entries);
  const attributes = new Map([...content].map(([name, item]) => [name, item.type]));
  return known({ kind: "object", attributes }, content);
}

type AttributeConversion = { value: Value; own: Value | undefined; name: string; wanted: Type };

function convertAttribute({ value, own, name, wanted }: AttributeConversion, type: ObjectType): Value {
  if (own === undefined) {
    if (value.type.kind === "object" && value.type.open) return unknown(wanted, value.reason ?? "not known");
    if (type.optional?.has(name)) return nullOf(wanted);
    throw new PlanError(`attribute "${name}" is required`);
  }
  try {
    return convert(own, wanted);
  } catch (error) {
    if (error instanceof PlanError) throw new PlanError(`attribute "${name}": ${error.message}`);
    throw error;
  }
}

function mismatch(value: Value, type: Type): PlanError {
  if (value.type.kind === "string" && (type.kind === "number" || type.kind === "bool"))
    return new PlanError(type.kind === "number" ? "a number is required" : "a bool is required");
  return new PlanError(`${typeName(type)} required, but this is ${typeName(value.type)}`);
}
