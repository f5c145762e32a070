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

const nothing: Node = {};

function node(value: unknown): Node {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Node) : nothing;
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

/** A class, because a large plan makes thousands of these: methods are shared, closures would not be. */
export class AttributeReader implements Attributes {
  readonly #values: Node;
  readonly #unknowns: Node;
  readonly #expressions: Node;
  readonly #doubt: Doubt;
  readonly #path: string;

  constructor(source: AttributeSource) {
    this.#values = source.values;
    this.#unknowns = node(source.unknown);
    this.#expressions = node(source.expressions);
    this.#doubt = source.doubt;
    this.#path = source.path ?? "";
  }

  /** Real plans mark computed attributes unknown too; only those the configuration sets can truly be. */
  #doubtOf(name: string): "yes" | "maybe" | "no" {
    const isSet = this.#unknowns[name] === true && Object.hasOwn(this.#expressions, name);
    return isSet ? this.#doubt(this.#path + name, this.#expressions[name]) : "no";
  }

  /** Some plug-ins plan an explicit false or zero as something they compute; the configuration still says it. */
  #known(name: string): unknown {
    const value = this.#values[name] ?? undefined;
    if (value !== undefined) return value;
    const expression = this.#expressions[name];
    return Array.isArray(expression) ? undefined : (node(expression).constant_value ?? undefined);
  }

  #read(name: string): unknown {
    const value = this.#known(name);
    if (value === undefined && this.#doubtOf(name) !== "no") throw new UnknownValue(this.#path + name);
    return value;
  }

  isUnknown(name: string): boolean {
    return this.#known(name) === undefined && this.#doubtOf(name) !== "no";
  }

  text(name: string): string | undefined {
    const value = this.#read(name);
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    return typeof value === "string" && value !== "" ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.#read(name);
    const figure = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    return typeof figure === "number" && Number.isFinite(figure) ? figure : undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.#doubtOf(name) === "maybe" ? this.#known(name) : this.#read(name);
    return value === true || value === "true" ? true : value === false || value === "false" ? false : undefined;
  }

  list(name: string): readonly unknown[] {
    return items(this.#read(name));
  }

  block(name: string): Attributes | undefined {
    return this.blocks(name)[0];
  }

  blocks(name: string): Attributes[] {
    const expressions = items(this.#expressions[name]);
    // One unknown part makes some plans hide the whole set of blocks; the configuration still shows each.
    const isHidden = this.#unknowns[name] === true && (this.#values[name] ?? null) === null && expressions.length > 0;
    const constants = isHidden ? expressions.map((expression) => constantPart(expression)) : [];
    const unknowns = isHidden ? constants.map((part) => part.unknown) : items(this.#unknowns[name]);
    const blocks = isHidden ? constants.map((part) => part.values) : items(this.#read(name));
    return blocks.map((value, index) => {
      const path = `${this.#path}${name}[${index}].`;
      const expression = expressions[index] ?? expressions[0] ?? nothing;
      return new AttributeReader({
        values: node(value),
        unknown: unknowns[index],
        expressions: expression,
        doubt: this.#doubt,
        path,
      });
    });
  }
}
