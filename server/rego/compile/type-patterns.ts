import type { Term } from "#server/rego/ast.ts";
import type { TypeChecker } from "./type-checker.ts";
import type { TypeEnv } from "./type-env.ts";
import { anyType, or, select, type Type, unifies } from "./types.ts";

/** Holds a variable, outside references and calls, that no type is known of. */
export function hasUnknown(term: Term, env: TypeEnv): boolean {
  switch (term.type) {
    case "var":
      return env.get(term.name) === undefined;
    case "array":
    case "set":
      return term.items.some((item) => hasUnknown(item, env));
    case "object":
      return term.entries.some(([, value]) => hasUnknown(value, env));
    default:
      return false;
  }
}

/** Gives the variables of a pattern the types that `type` leaves them; false if the pattern cannot be of it. */
export function assignType(checker: TypeChecker, pattern: Term, type: Type, env: TypeEnv): boolean {
  if (pattern.type === "var") return assignVar(pattern.name, type, env);
  if (type.kind === "union" && hasUnknown(pattern, env)) {
    return type.of.map((one) => assignUnion(checker, pattern, one, env)).includes(true);
  }
  if (type.kind === "union") return type.of.some((one) => assignType(checker, pattern, one, env));
  if (type.kind === "any") {
    for (const child of children(pattern)) assignType(checker, child, anyType, env);
    if (children(pattern).length === 0) checker.typeOf(pattern, env);
    return true;
  }
  const parts = partTypes(pattern, type);
  if (parts !== undefined) {
    return parts.every(([part, wanted]) => wanted !== undefined && assignType(checker, part, wanted, env));
  }
  return unifies(checker.typeOf(pattern, env), type);
}

/** The parts of a collection with the types they must have; `undefined` unless both are collections of a kind. */
function partTypes(pattern: Term, type: Type): [Term, Type | undefined][] | undefined {
  if (pattern.type === "array" && type.kind === "array") {
    if (type.rest === undefined && pattern.items.length !== type.items.length) return [[pattern, undefined]];
    return pattern.items.map((item, i) => [item, type.items[i] ?? type.rest]);
  }
  if (pattern.type === "set" && type.kind === "set") return pattern.items.map((item) => [item, type.of]);
  if (pattern.type !== "object" || type.kind !== "object") return undefined;
  if (type.rest === undefined && pattern.entries.length !== type.fields.size) return [[pattern, undefined]];
  return pattern.entries.map(([key, value]) => [value, key.type === "scalar" ? select(type, key.value) : anyType]);
}

function children(pattern: Term): Term[] {
  if (pattern.type === "array" || pattern.type === "set") return pattern.items;
  return pattern.type === "object" ? pattern.entries.map(([, value]) => value) : [];
}

function assignVar(name: string, type: Type, env: TypeEnv): boolean {
  const known = env.get(name);
  if (known !== undefined) return unifies(known, type);
  env.set(name, type);
  return true;
}

/** One of several possible types: what it gives variables adds to what the others give. */
function assignUnion(checker: TypeChecker, pattern: Term, type: Type, env: TypeEnv): boolean {
  if (pattern.type === "var") {
    const known = env.get(pattern.name);
    env.set(pattern.name, known === undefined ? type : or(known, type));
    return true;
  }
  const parts = partTypes(pattern, type);
  if (parts === undefined) return unifies(checker.typeOf(pattern, env), type);
  return parts.map(([part, wanted]) => wanted !== undefined && assignUnion(checker, part, wanted, env)).every(Boolean);
}
