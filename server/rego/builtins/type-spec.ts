/** The type of an operand or a result, as far as the type checker needs it. */
export type TypeSpec =
  | { readonly kind: "any" | "null" | "boolean" | "number" | "string" }
  | { readonly kind: "array"; readonly of: TypeSpec }
  | { readonly kind: "tuple"; readonly items: readonly TypeSpec[] }
  | { readonly kind: "set"; readonly of: TypeSpec }
  | { readonly kind: "object"; readonly key: TypeSpec; readonly value: TypeSpec }
  | { readonly kind: "union"; readonly of: readonly TypeSpec[] };

export const any: TypeSpec = { kind: "any" };
export const nullType: TypeSpec = { kind: "null" };
export const boolean: TypeSpec = { kind: "boolean" };
export const number: TypeSpec = { kind: "number" };
export const string: TypeSpec = { kind: "string" };

export const arrayOf = (of: TypeSpec): TypeSpec => ({ kind: "array", of });
export const tupleOf = (...items: TypeSpec[]): TypeSpec => ({ kind: "tuple", items });
export const setOf = (of: TypeSpec): TypeSpec => ({ kind: "set", of });
export const objectOf = (key: TypeSpec, value: TypeSpec): TypeSpec => ({ kind: "object", key, value });
export const oneOf = (...of: TypeSpec[]): TypeSpec => ({ kind: "union", of });

export const array = arrayOf(any);
export const set = setOf(any);
export const object = objectOf(any, any);
/** An array or a set of something. */
export const listOf = (of: TypeSpec): TypeSpec => oneOf(arrayOf(of), setOf(of));
