import type { TypeSpec } from "#server/rego/builtins/type-spec.ts";
import { type Key, keyOf, typeName, type Value } from "#server/rego/values/value.ts";

/** What is known of a value before it is computed. */
export type Type =
  | { kind: "any" }
  | { kind: "null" | "boolean" | "number" | "string" }
  /** Known elements first; `rest` is the type of any further ones, none if there is no such. */
  | { kind: "array"; items: Type[]; rest: Type | undefined }
  | { kind: "object"; fields: Map<Key, Field>; rest: { key: Type; value: Type } | undefined }
  | { kind: "set"; of: Type }
  | { kind: "union"; of: Type[] };

export interface Field {
  key: Value;
  type: Type;
}

export const anyType: Type = { kind: "any" };
export const stringType: Type = { kind: "string" };
export const numberType: Type = { kind: "number" };
/** Beyond so many alternatives nothing is said any more. */
const maxAlternatives = 24;

export function fromSpec(spec: TypeSpec): Type {
  switch (spec.kind) {
    case "array":
      return { kind: "array", items: [], rest: fromSpec(spec.of) };
    case "tuple":
      return { kind: "array", items: spec.items.map(fromSpec), rest: undefined };
    case "set":
      return { kind: "set", of: fromSpec(spec.of) };
    case "object":
      return { kind: "object", fields: new Map(), rest: { key: fromSpec(spec.key), value: fromSpec(spec.value) } };
    case "union":
      return spec.of.map(fromSpec).reduce(or);
    default:
      return { kind: spec.kind };
  }
}

export function scalarType(value: Value): Type {
  const name = typeName(value);
  return name === "array" || name === "object" || name === "set" ? anyType : { kind: name };
}

export function or(a: Type, b: Type): Type {
  if (a === b || a.kind === "any") return a;
  if (b.kind === "any") return b;
  const of: Type[] = [...alternatives(a)];
  for (const type of alternatives(b)) if (!of.some((other) => same(other, type))) of.push(type);
  if (of.length > maxAlternatives) return anyType;
  return of.length === 1 ? (of[0] as Type) : { kind: "union", of };
}

export function alternatives(type: Type): Type[] {
  return type.kind === "union" ? type.of : [type];
}

function same(a: Type, b: Type): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === "array" && b.kind === "array") {
    return (
      a.items.length === b.items.length &&
      a.items.every((item, i) => same(item, b.items[i] as Type)) &&
      sameRest(a.rest, b.rest)
    );
  }
  if (a.kind === "set" && b.kind === "set") return same(a.of, b.of);
  if (a.kind === "object" && b.kind === "object") return sameObjects(a, b);
  return a.kind !== "union";
}

type ObjectType = Extract<Type, { kind: "object" }>;
type ArrayType = Extract<Type, { kind: "array" }>;

function sameObjects(a: ObjectType, b: ObjectType): boolean {
  if (a.fields.size !== b.fields.size || !sameRest(a.rest?.key, b.rest?.key) || !sameRest(a.rest?.value, b.rest?.value))
    return false;
  for (const [key, field] of a.fields) {
    const other = b.fields.get(key);
    if (other === undefined || !same(field.type, other.type)) return false;
  }
  return true;
}

function sameRest(a: Type | undefined, b: Type | undefined): boolean {
  return a === undefined || b === undefined ? a === b : same(a, b);
}

/** Whether a value could be of both types. */
export function unifies(a: Type, b: Type): boolean {
  if (a.kind === "any" || b.kind === "any") return true;
  if (a.kind === "union") return a.of.some((type) => unifies(type, b));
  if (b.kind === "union") return b.of.some((type) => unifies(a, type));
  if (a.kind === "array" && b.kind === "array") return unifiesArrays(a, b);
  if (a.kind === "object" && b.kind === "object") return unifiesObjects(a, b);
  if (a.kind === "set" && b.kind === "set") return unifies(a.of, b.of);
  return a.kind === b.kind;
}

function unifiesArrays(a: ArrayType, b: ArrayType): boolean {
  const length = Math.max(a.items.length, b.items.length);
  for (let i = 0; i < length; i++) {
    const left = a.items[i] ?? a.rest;
    const right = b.items[i] ?? b.rest;
    if (left === undefined || right === undefined || !unifies(left, right)) return false;
  }
  return a.rest === undefined || b.rest === undefined || unifies(a.rest, b.rest);
}

function unifiesObjects(a: ObjectType, b: ObjectType): boolean {
  for (const { key } of [...a.fields.values(), ...b.fields.values()]) {
    const left = select(a, key);
    const right = select(b, key);
    if (left === undefined || right === undefined || !unifies(left, right)) return false;
  }
  return a.rest === undefined || b.rest === undefined || unifies(a.rest.value, b.rest.value);
}

/** The type of what stands at a known key; `undefined` where nothing can. */
export function select(type: Type, key: Value): Type | undefined {
  switch (type.kind) {
    case "any":
      return type;
    case "union": {
      const found = type.of.map((one) => select(one, key)).filter((one) => one !== undefined);
      return found.length === 0 ? undefined : found.reduce(or);
    }
    case "array": {
      if (typeof key !== "number" || key < 0) return undefined;
      return type.items[key] ?? type.rest;
    }
    case "object": {
      const field = type.fields.get(keyOf(key));
      if (field !== undefined) return field.type;
      return type.rest !== undefined && unifies(type.rest.key, scalarType(key)) ? type.rest.value : undefined;
    }
    case "set":
      return unifies(type.of, scalarType(key)) ? type.of : undefined;
    default:
      return undefined;
  }
}

/** The type of a collection's keys; `undefined` for what is no collection. */
export function keysOf(type: Type): Type | undefined {
  switch (type.kind) {
    case "any":
      return type;
    case "array":
      return numberType;
    case "set":
      return type.of;
    case "object":
      return all([...[...type.fields.values()].map(({ key }) => scalarType(key)), type.rest?.key]);
    case "union":
      return all(type.of.map(keysOf));
    default:
      return undefined;
  }
}

export function valuesOf(type: Type): Type | undefined {
  switch (type.kind) {
    case "any":
      return type;
    case "array":
      return all([...type.items, type.rest]);
    case "set":
      return type.of;
    case "object":
      return all([...[...type.fields.values()].map((field) => field.type), type.rest?.value]);
    case "union":
      return all(type.of.map(valuesOf));
    default:
      return undefined;
  }
}

function all(types: (Type | undefined)[]): Type | undefined {
  let joined: Type | undefined;
  for (const type of types) {
    if (type !== undefined) joined = joined === undefined ? type : or(joined, type);
    if (joined?.kind === "any") return joined;
  }
  return joined;
}
