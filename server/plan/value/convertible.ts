import { type ObjectType, sameType, type Type } from "./type.ts";

/** Safe conversions always succeed; unsafe ones may fail on the value, like a string that is no number. */
export type Safety = "safe" | "unsafe";

/** Whether Terraform has a conversion from one type to the other at all. */
export function isConvertible(from: Type, to: Type, safety: Safety): boolean {
  if (sameType(from, to) || to.kind === "any") return true;
  if (from.kind === "any") return safety === "unsafe";
  if (to.kind === "string") return from.kind === "number" || from.kind === "bool";
  if (to.kind === "number" || to.kind === "bool") return safety === "unsafe" && from.kind === "string";
  if (to.kind === "object") return convertsToObject(from, to, safety);
  if (to.kind === "tuple")
    return (
      from.kind === "tuple" &&
      from.elements.length === to.elements.length &&
      from.elements.every((type, index) => isConvertible(type, to.elements[index]!, safety))
    );
  return convertsToCollection(from, to, safety);
}

function convertsToCollection(from: Type, to: Extract<Type, { element: Type }>, safety: Safety): boolean {
  if (to.kind === "map") {
    if (from.kind === "object")
      return !from.open && [...from.attributes.values()].every((type) => isConvertible(type, to.element, safety));
    return from.kind === "map" && isConvertible(from.element, to.element, safety);
  }
  if (from.kind === "tuple") return from.elements.every((type) => isConvertible(type, to.element, safety));
  return (from.kind === "list" || from.kind === "set") && isConvertible(from.element, to.element, safety);
}

function convertsToObject(from: Type, to: ObjectType, safety: Safety): boolean {
  if (from.kind === "map")
    return (
      safety === "unsafe" && [...to.attributes.values()].every((type) => isConvertible(from.element, type, safety))
    );
  if (from.kind !== "object") return false;
  for (const [name, type] of to.attributes) {
    const own = from.attributes.get(name);
    if (own === undefined ? !to.optional?.has(name) && !from.open : !isConvertible(own, type, safety)) return false;
  }
  return true;
}
