import type { Builtin } from "#server/rego/builtins/builtin.ts";
import { builtins } from "#server/rego/builtins/registry.ts";
import { any, number, set, type TypeSpec } from "#server/rego/builtins/type-spec.ts";
import type { Random } from "./random.ts";
import { fieldNames, randomNumber, randomString } from "./samples.ts";

/** What the words at one place of a module may refer to. */
export interface Scope {
  readonly random: Random;
  readonly isV1: boolean;
  /** Variables bound so far. */
  readonly variables: readonly string[];
  /** References that name rules: `p`, `q[_]`, `data.fuzz.r`. */
  readonly rules: readonly string[];
  /** Calls of functions, up to the operands. */
  readonly functions: readonly { name: string; arity: number }[];
}

export function withVariables(scope: Scope, ...names: string[]): Scope {
  return { ...scope, variables: [...scope.variables, ...names] };
}

let fresh = 0;

export function freshName(): string {
  fresh = (fresh + 1) % 1000;
  return `v${fresh}`;
}

const callable: readonly Builtin[] = [...builtins.values()].filter(
  ({ name, deterministic, relation, variadic }) =>
    deterministic !== false && !relation && !variadic && !name.startsWith("internal.") && !/^(eq|assign)$/.test(name),
);

const arithmetic = ["+", "-", "*", "/", "%"] as const;
const comparison = ["==", "!=", "<", "<=", ">", ">=", "in"] as const;

function infix(scope: Scope, depth: number): string {
  const { random } = scope;
  const joined = (operator: string, type: TypeSpec) =>
    `(${typedTerm(scope, type, depth)} ${operator} ${typedTerm(scope, type, depth)})`;
  if (random.chance(0.4)) return joined(random.pick(arithmetic), number);
  return random.chance(0.2) ? joined(random.pick(["&", "|", "-"]), set) : joined(random.pick(comparison), any);
}

export function stringLiteral(random: Random): string {
  const text = randomString(random);
  return random.chance(0.2) && !/[`\0]/.test(text) ? `\`${text}\`` : JSON.stringify(text);
}

export function scalar({ random }: Scope): string {
  const kind = random.below(5);
  if (kind < 2) return stringLiteral(random);
  return kind < 4 ? randomNumber(random) : random.pick(["true", "false", "null"]);
}

function reference(scope: Scope): string {
  const { random, variables, rules } = scope;
  // The checker knows the type of most variables and rules, so that only input is looked into at will.
  if (variables.length > 0 && random.chance(0.5)) return random.pick(variables);
  if (rules.length > 0 && random.chance(0.3)) return random.pick(rules) + random.pick(["", "", "[_]"]);
  const heads = ["input", "input", "data.base", ...(random.chance(0.05) ? [...variables, ...rules] : [])];
  const parts = random.several(0, 3, () => {
    if (random.chance(0.3)) return "[_]";
    if (variables.length > 0 && random.chance(0.2)) return `[${random.pick(variables)}]`;
    const name = random.pick(fieldNames);
    return /^[a-z]+$/.test(name) && random.chance(0.7) ? `.${name}` : `[${JSON.stringify(name)}]`;
  });
  return random.pick(heads) + parts.join("");
}

function collection(scope: Scope, depth: number): string {
  const { random } = scope;
  const item = () => term(scope, depth - 1);
  switch (random.below(4)) {
    case 0:
      return `[${random.several(0, 4, item).join(", ")}]`;
    case 1:
      return random.chance(0.1) ? "set()" : `{${random.several(1, 4, item).join(", ")}}`;
    default:
      return `{${random.several(0, 3, () => `${scalar(scope)}: ${item()}`).join(", ")}}`;
  }
}

function comprehension(scope: Scope, depth: number): string {
  const { random } = scope;
  const name = freshName();
  const inner = withVariables(scope, name);
  const body = `${name} := ${term(scope, depth - 1)}; ${term(inner, depth - 1)}`;
  switch (random.below(3)) {
    case 0:
      return `[${term(inner, 1)} | ${body}]`;
    case 1:
      return `{${term(inner, 1)} | ${body}}`;
    default:
      return `{${name}: ${term(inner, 1)} | ${body}}`;
  }
}

function call(scope: Scope, depth: number): string {
  const { random, functions } = scope;
  if (functions.length > 0 && random.chance(0.25)) {
    const { name, arity } = random.pick(functions);
    return `${name}(${Array.from({ length: arity }, () => term(scope, depth - 1)).join(", ")})`;
  }
  let builtin = random.pick(callable);
  if (builtin.deprecated && scope.isV1 && !random.chance(0.05)) builtin = random.pick(callable);
  const operands = builtin.params.map((type) => typedTerm(scope, type, depth - 1));
  return `${builtin.name}(${operands.join(", ")})`;
}

function template(scope: Scope, depth: number): string {
  const hole = term(scope, depth - 1);
  return `$"x {${/[`\n]/.test(hole) ? scalar(scope) : hole}} \\{"`;
}

/** Any term; deeper ones are built of shallower ones. */
export function term(scope: Scope, depth: number): string {
  const { random } = scope;
  if (depth <= 0) return random.chance(0.5) ? scalar(scope) : reference(scope);
  switch (random.below(11)) {
    case 0:
      return scalar(scope);
    case 1:
    case 2:
    case 3:
      return reference(scope);
    case 4:
    case 5:
      return collection(scope, depth);
    case 6:
      return comprehension(scope, depth);
    case 7:
    case 8:
      return call(scope, depth);
    case 9:
      return infix(scope, depth - 1);
    default:
      return scope.isV1 && random.chance(0.5) ? template(scope, depth) : reference(scope);
  }
}

/** A term without wildcards, which safety refuses behind `with` and `not`. */
export function groundTerm(scope: Scope, depth: number): string {
  const made = term(scope, depth);
  return made.includes("_]") ? scalar(scope) : made;
}

/** Mostly a term that fits a built-in's parameter, so that the built-in itself is reached. */
function typedTerm(scope: Scope, type: TypeSpec, depth: number): string {
  const { random } = scope;
  if (random.chance(0.3)) return random.chance(0.1) ? term(scope, depth) : reference(scope);
  const of = (inner: TypeSpec) => typedTerm(scope, inner, depth - 1);
  switch (type.kind) {
    case "string":
      return stringLiteral(random);
    case "number":
      return randomNumber(random);
    case "boolean":
      return random.pick(["true", "false"]);
    case "null":
      return "null";
    case "array":
      return `[${random.several(0, 3, () => of(type.of)).join(", ")}]`;
    case "tuple":
      return `[${type.items.map(of).join(", ")}]`;
    case "set":
      return random.chance(0.2) ? "set()" : `{${random.several(1, 3, () => of(type.of)).join(", ")}}`;
    case "object":
      return `{${random.several(0, 3, () => `${of(type.key)}: ${of(type.value)}`).join(", ")}}`;
    case "union":
      return of(random.pick(type.of));
    default:
      return term(scope, depth);
  }
}
