/** Terraform's types. `any` is the type that is not known yet. */
export type Type =
  | { readonly kind: "string" }
  | { readonly kind: "number" }
  | { readonly kind: "bool" }
  | { readonly kind: "any" }
  | { readonly kind: "list"; readonly element: Type }
  | { readonly kind: "set"; readonly element: Type }
  | { readonly kind: "map"; readonly element: Type }
  | { readonly kind: "tuple"; readonly elements: readonly Type[] }
  | {
      readonly kind: "object";
      readonly attributes: ReadonlyMap<string, Type>;
      /** Attributes that a type constraint lets the caller leave out. */
      readonly optional?: ReadonlySet<string>;
      /** The provider adds attributes that nobody can name before it is asked. */
      readonly open?: true;
    };

export type ObjectType = Extract<Type, { kind: "object" }>;

export const STRING: Type = { kind: "string" };
export const NUMBER: Type = { kind: "number" };
export const BOOL: Type = { kind: "bool" };
export const ANY: Type = { kind: "any" };
export const listOf = (element: Type): Type => ({ kind: "list", element });
export const setOf = (element: Type): Type => ({ kind: "set", element });
export const mapOf = (element: Type): Type => ({ kind: "map", element });
export const tupleOf = (elements: readonly Type[]): Type => ({ kind: "tuple", elements });
export const objectOf = (attributes: ReadonlyMap<string, Type>, open?: true): ObjectType =>
  open ? { kind: "object", attributes, open } : { kind: "object", attributes };

export function sameType(left: Type, right: Type): boolean {
  if (left === right) return true;
  if (left.kind !== right.kind) return false;
  if (left.kind === "tuple" && right.kind === "tuple")
    return (
      left.elements.length === right.elements.length &&
      left.elements.every((element, index) => sameType(element, right.elements[index]!))
    );
  if (left.kind === "object" && right.kind === "object") return sameObjectType(left, right);
  if ("element" in left && "element" in right) return sameType(left.element, right.element);
  return true;
}

function sameObjectType(left: ObjectType, right: ObjectType): boolean {
  if (left.attributes.size !== right.attributes.size || left.open !== right.open) return false;
  for (const [name, type] of left.attributes) {
    const other = right.attributes.get(name);
    if (!other || !sameType(type, other)) return false;
  }
  return true;
}

/** Whether the type leaves something open: `any`, or a collection or structure with `any` in it. */
export function hasAny(type: Type): boolean {
  if (type.kind === "any") return true;
  if (type.kind === "tuple") return type.elements.some(hasAny);
  if (type.kind === "object") return type.open === true || [...type.attributes.values()].some(hasAny);
  return "element" in type && hasAny(type.element);
}

export const isSequence = (type: Type): boolean => type.kind === "list" || type.kind === "set" || type.kind === "tuple";
export const isKeyed = (type: Type): boolean => type.kind === "map" || type.kind === "object";
export const isPrimitive = (type: Type): boolean =>
  type.kind === "string" || type.kind === "number" || type.kind === "bool";

/** The name of the type as Terraform's messages write it. */
export function typeName(type: Type): string {
  if (type.kind === "any") return "any type";
  if (type.kind === "object" || type.kind === "tuple" || isPrimitive(type)) return type.kind;
  return "element" in type ? `${type.kind} of ${typeName(type.element)}` : type.kind;
}
