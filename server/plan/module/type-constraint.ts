import { asReference } from "#server/plan/hcl/references.ts";
import type { Expression } from "#server/plan/hcl/syntax.ts";
import { PlanError } from "#server/plan/plan-error.ts";
import { convert, tryConvert } from "#server/plan/value/convert.ts";
import { ANY, BOOL, NUMBER, STRING, type Type } from "#server/plan/value/type.ts";
import { entriesOf, itemsOf, object, tuple, type Value } from "#server/plan/value/value.ts";
import { literalText } from "./module-source.ts";

/** Defaults of optional() attributes; `""` stands for the elements of a collection. */
export type TypeDefaults = { values: Map<string, Value>; children: Map<string, TypeDefaults> };
export type TypeConstraint = { type: Type; defaults: TypeDefaults | undefined };

type Evaluate = (expression: Expression) => Value;

const primitives: Record<string, Type> = { string: STRING, number: NUMBER, bool: BOOL, any: ANY };

/** The type expression of a variable, like `list(object({ name = string, size = optional(number, 8) }))`. */
export function readTypeConstraint(expression: Expression, evaluate: Evaluate): TypeConstraint {
  const legacy = literalText(expression);
  const name = legacy ?? (expression.kind === "name" ? expression.name : undefined);
  if (name !== undefined) return readName(name, expression);
  if (expression.kind !== "call")
    throw new PlanError("This is not a type.", expression.at, "See Terraform's type constraints.");
  const [argument] = expression.arguments;
  if (!argument || expression.arguments.length !== 1)
    throw new PlanError(`${expression.name}() takes one type.`, expression.at);
  switch (expression.name) {
    case "list":
    case "set":
    case "map":
      return readCollection(expression.name, readTypeConstraint(argument, evaluate));
    case "tuple":
      return readTuple(argument, evaluate);
    case "object":
      return readObject(argument, evaluate);
    default:
      throw new PlanError(`"${expression.name}" is not a type.`, expression.at);
  }
}

function readName(name: string, expression: Expression): TypeConstraint {
  const type =
    primitives[name] ??
    { list: { kind: "list", element: ANY } as const, map: { kind: "map", element: ANY } as const }[name];
  if (!type || asReference(expression)?.steps.length) throw new PlanError(`"${name}" is not a type.`, expression.at);
  return { type, defaults: undefined };
}

function readCollection(kind: "list" | "set" | "map", element: TypeConstraint): TypeConstraint {
  const defaults = element.defaults && {
    values: new Map<string, Value>(),
    children: new Map([["", element.defaults]]),
  };
  return { type: { kind, element: element.type }, defaults };
}

function readTuple(argument: Expression, evaluate: Evaluate): TypeConstraint {
  if (argument.kind !== "tuple") throw new PlanError("tuple() takes a list of types.", argument.at);
  const elements = argument.items.map((item) => readTypeConstraint(item, evaluate));
  const children = new Map(
    elements.flatMap(({ defaults }, index) => (defaults ? [[String(index), defaults] as const] : [])),
  );
  const type: Type = { kind: "tuple", elements: elements.map((element) => element.type) };
  return { type, defaults: children.size > 0 ? { values: new Map(), children } : undefined };
}

function readObject(argument: Expression, evaluate: Evaluate): TypeConstraint {
  if (argument.kind !== "object") throw new PlanError("object() takes the attributes in braces.", argument.at);
  const attributes = new Map<string, Type>();
  const optional = new Set<string>();
  const defaults: TypeDefaults = { values: new Map(), children: new Map() };
  for (const item of argument.items) {
    const name = literalText(item.key);
    if (name === undefined) throw new PlanError("The name of an attribute must be plain.", item.key.at);
    const attribute = readAttribute(item.value, evaluate);
    attributes.set(name, attribute.type);
    if (attribute.isOptional) optional.add(name);
    if (attribute.fallback) defaults.values.set(name, attribute.fallback);
    if (attribute.defaults) defaults.children.set(name, attribute.defaults);
  }
  const hasDefaults = defaults.values.size + defaults.children.size > 0;
  return { type: { kind: "object", attributes, optional }, defaults: hasDefaults ? defaults : undefined };
}

type AttributeConstraint = TypeConstraint & { isOptional: boolean; fallback: Value | undefined };

function readAttribute(expression: Expression, evaluate: Evaluate): AttributeConstraint {
  if (expression.kind !== "call" || expression.name !== "optional")
    return { ...readTypeConstraint(expression, evaluate), isOptional: false, fallback: undefined };
  const [type, fallback] = expression.arguments;
  if (!type) throw new PlanError("optional() takes a type, and maybe a default.", expression.at);
  const constraint = readTypeConstraint(type, evaluate);
  const value = fallback && evaluate(fallback);
  if (value && !tryConvert(applyDefaults(value, constraint.defaults), constraint.type))
    throw new PlanError("The default does not fit the type of its attribute.", fallback.at);
  return { ...constraint, isOptional: true, fallback: value };
}

/** Fills in what optional() attributes leave out or set to null, before the conversion to the type. */
export function applyDefaults(value: Value, defaults: TypeDefaults | undefined): Value {
  if (!defaults || value.content === null || value.content === undefined) return value;
  if (Array.isArray(value.content)) {
    const items = itemsOf(value).map((item, index) =>
      applyDefaults(item, defaults.children.get("") ?? defaults.children.get(String(index))),
    );
    return { ...tuple(items), sensitive: value.sensitive };
  }
  if (!(value.content instanceof Map)) return value;
  const entries = new Map(entriesOf(value));
  for (const [name, fallback] of defaults.values) {
    const own = entries.get(name);
    if (own === undefined || own.content === null) entries.set(name, fallback);
  }
  for (const [name, item] of entries)
    entries.set(name, applyDefaults(item, defaults.children.get(name) ?? defaults.children.get("")));
  const filled = object(entries);
  return { ...filled, sensitive: value.sensitive };
}

export function convertToConstraint(value: Value, constraint: TypeConstraint): Value {
  return convert(applyDefaults(value, constraint.defaults), constraint.type);
}
