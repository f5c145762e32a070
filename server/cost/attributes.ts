import { constantPart } from "./constant-part.ts";

/** A value that a price hangs on is not known before the plan is applied. */
export class UnknownValue extends Error {
  readonly attribute: string;
  constructor(attribute: string) {
    super(`${attribute} is not known before apply`);
    this.name = "UnknownValue";
    this.attribute = attribute;
  }
}

type Node = Readonly<Record<string, unknown>>;

function node(value: unknown): Node {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Node) : {};
}

function items(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === null || value === undefined ? [] : [value];
}

/**
 * Reads the planned values of a resource or block. An attribute that was left out reads as undefined; one that was
 * set to something unknown throws, so that no default ever stands in for it.
 */
export interface Attributes {
  text(name: string): string | undefined;
  number(name: string): number | undefined;
  flag(name: string): boolean | undefined;
  list(name: string): readonly unknown[];
  blocks(name: string): Attributes[];
  block(name: string): Attributes | undefined;
  isUnknown(name: string): boolean;
}

/**
 * Whether an attribute that a plan marks unknown truly is: "yes"; "no" where the provider fills in what was left out; "maybe"
 * where the plan does not show enough of the expression to tell.
 */
export type Doubt = (path: string, expression: unknown) => "yes" | "maybe" | "no";

/** What the plan says of a resource or block: its values, which of them are unknown, and how they were set. */
export interface AttributeSource {
  values: Node;
  unknown: unknown;
  expressions: unknown;
  doubt: Doubt;
  path?: string;
}

export function attributesOf(source: AttributeSource): Attributes {
  const { values, expressions, doubt, path = "" } = source;
  const unknowns = node(source.unknown);
  /** Real plans mark computed attributes unknown too; only those the configuration sets can truly be. */
  const doubtOf = (name: string): "yes" | "maybe" | "no" => {
    const isSet = unknowns[name] === true && Object.hasOwn(node(expressions), name);
    return isSet ? doubt(path + name, node(expressions)[name]) : "no";
  };
  /** Some plug-ins plan an explicit false or zero as something they compute; the configuration still says it. */
  const constantOf = (name: string): unknown => {
    const expression = node(expressions)[name];
    return Array.isArray(expression) ? undefined : node(expression).constant_value;
  };
  const known = (name: string): unknown => values[name] ?? constantOf(name);
  const read = (name: string): unknown => {
    const value = known(name) ?? undefined;
    if (value === undefined && doubtOf(name) !== "no") throw new UnknownValue(path + name);
    return value;
  };
  const attributes: Attributes = {
    isUnknown: (name) => (known(name) ?? null) === null && doubtOf(name) !== "no",
    text(name) {
      const value = read(name);
      if (typeof value === "number" || typeof value === "boolean") return String(value);
      return typeof value === "string" && value !== "" ? value : undefined;
    },
    number(name) {
      const value = read(name);
      const figure = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
      return typeof figure === "number" && Number.isFinite(figure) ? figure : undefined;
    },
    flag(name) {
      const value = doubtOf(name) === "maybe" ? known(name) : read(name);
      return value === true || value === "true" ? true : value === false || value === "false" ? false : undefined;
    },
    list: (name) => items(read(name)),
    blocks(name) {
      const expressionItems = items(node(expressions)[name]);
      // One unknown part makes some plans hide the whole set of blocks; the configuration still shows each.
      const isHidden = (values[name] ?? null) === null && expressionItems.length > 0 && unknowns[name] === true;
      const constants = isHidden ? expressionItems.map(constantPart) : [];
      const unknownItems = isHidden ? constants.map((part) => part.unknown) : items(unknowns[name]);
      const blocks = isHidden ? constants.map((part) => part.values) : items(read(name));
      return blocks.map((value, index) =>
        attributesOf({
          values: node(value),
          unknown: unknownItems[index],
          expressions: expressionItems[index] ?? expressionItems[0],
          doubt,
          path: `${path}${name}[${index}].`,
        }),
      );
    },
    block: (name) => attributes.blocks(name)[0],
  };
  return attributes;
}
