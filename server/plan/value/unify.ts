import { isConvertible } from "./convertible.ts";
import { ANY, listOf, mapOf, type ObjectType, objectOf, sameType, type Type, tupleOf } from "./type.ts";

type TupleType = Extract<Type, { kind: "tuple" }>;

/** The one type that values of all `types` can be converted to, or undefined where there is none. */
export function unifyTypes(types: readonly Type[]): Type | undefined {
  const first = types[0];
  if (first === undefined) return undefined;
  if (types.every((type) => sameType(type, first))) return first;
  const objects = types.filter((type): type is ObjectType => type.kind === "object");
  const tuples = types.filter((type): type is TupleType => type.kind === "tuple");
  const anys = types.filter((type) => type.kind === "any").length;
  if (objects.length > 0 && tuples.length > 0) return undefined;
  if (objects.length > 0 && objects.length + anys === types.length) return unifyObjects(objects);
  if (tuples.length > 0 && tuples.length + anys === types.length) return unifyTuples(tuples);
  return firstPreferred(types);
}

function firstPreferred(types: readonly Type[]): Type | undefined {
  const preference = (candidate: Type) => types.filter((type) => isConvertible(type, candidate, "safe")).length;
  const ordered = types
    .map((type, index) => ({ type, index, score: type.kind === "any" ? -1 : preference(type) }))
    .sort((left, right) => right.score - left.score || left.index - right.index);
  for (const { type } of ordered) if (types.every((other) => isConvertible(other, type, "unsafe"))) return type;
  return types.some((type) => type.kind === "any") ? ANY : undefined;
}

function unifyObjects(types: readonly ObjectType[]): Type | undefined {
  const first = types[0]!;
  const isOpen = types.some((type) => type.open);
  const names = [...first.attributes.keys()];
  const haveSameNames = types.every(
    (type) => type.attributes.size === names.length && names.every((name) => type.attributes.has(name)),
  );
  if (!haveSameNames) return isOpen ? ANY : unifyToMap(types);
  const attributes = new Map<string, Type>();
  for (const name of names) {
    const unified = unifyTypes(types.map((type) => type.attributes.get(name)!));
    if (!unified) return isOpen ? ANY : undefined;
    attributes.set(name, unified);
  }
  return objectOf(attributes, isOpen ? true : undefined);
}

function unifyToMap(types: readonly ObjectType[]): Type | undefined {
  const element = unifyTypes(types.flatMap((type) => [...type.attributes.values()]));
  return element && mapOf(element);
}

function unifyTuples(types: readonly TupleType[]): Type | undefined {
  const length = types[0]!.elements.length;
  if (types.some((type) => type.elements.length !== length)) {
    const element = unifyTypes(types.flatMap((type) => type.elements));
    return element && listOf(element);
  }
  const elements: Type[] = [];
  for (let index = 0; index < length; index += 1) {
    const unified = unifyTypes(types.map((type) => type.elements[index]!));
    if (!unified) return undefined;
    elements.push(unified);
  }
  return tupleOf(elements);
}
