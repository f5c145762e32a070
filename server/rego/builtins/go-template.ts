import { formatDouble, formatNumber, fromBigInt } from "#server/rego/values/number.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { compare, equal, isArray, isNumber, type Value } from "#server/rego/values/value.ts";
import type { BuiltinContext } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import type { Node, Operand, Pipe, Template } from "./go-template-parser.ts";
import { sprintfText } from "./sprintf.ts";
import { encodeQuery } from "./url-escape.ts";

/** A value of the template's data; integers it makes itself are bigints, what is missing is undefined. */
type Item = Value | bigint | undefined;

class LoopSignal extends Error {
  readonly kind: "break" | "continue";

  constructor(kind: "break" | "continue") {
    super(`{{${kind}}} outside {{range}}`);
    this.kind = kind;
  }
}

const missing = "<undefined>";

function printed(item: Item): string {
  if (item === undefined || item === null) return missing;
  if (typeof item === "object" && isArray(item)) return `[${item.map(printed).join(" ")}]`;
  if (item instanceof RegoObject) {
    return `map[${item
      .entries()
      .map(([key, value]) => `${printed(key)}:${printed(value)}`)
      .join(" ")}]`;
  }
  return typeof item === "object" && isNumber(item) ? formatNumber(item) : String(item);
}

/** Empty things do not hold; numbers of the data are texts for Go, and always hold. */
function holds(item: Item): boolean {
  if (item === undefined || item === null || item === false || item === "" || item === 0n) return false;
  if (item instanceof RegoObject) return item.size > 0;
  return typeof item === "object" && isArray(item) ? item.length > 0 : true;
}

function plain(item: Item): Value {
  return typeof item === "bigint" ? fromBigInt(item) : (item ?? null);
}

function indexed(item: Item, key: Item): Item {
  if (item instanceof RegoObject) return item.get(plain(key));
  const at = plain(key);
  if (item && typeof item === "object" && isArray(item) && typeof at === "number") {
    if (at >= 0 && at < item.length) return item[at];
    throw failed(`error calling index: index out of range: ${at}`);
  }
  throw failed("error calling index: cannot index item");
}

function length(item: Item): bigint {
  if (typeof item === "string") return BigInt(Buffer.byteLength(item));
  if (item instanceof RegoObject) return BigInt(item.size);
  if (item && typeof item === "object" && isArray(item)) return BigInt(item.length);
  throw failed("error calling len: len of nil pointer");
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&#34;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}

function joined(items: readonly Item[], separator: (a: Item, b: Item) => string): string {
  return items.map((item, i) => (i === 0 ? "" : separator(items[i - 1], item)) + printed(item)).join("");
}

const order = (a: Item, b: Item) => compare(plain(a), plain(b));

const functions: ReadonlyMap<string, (items: readonly Item[]) => Item> = new Map<
  string,
  (items: readonly Item[]) => Item
>([
  ["and", (items) => items.find((item) => !holds(item)) ?? items.at(-1)],
  ["or", (items) => items.find(holds) ?? items.at(-1)],
  ["not", ([item]) => !holds(item)],
  ["len", ([item]) => length(item)],
  ["index", ([item, ...keys]) => keys.reduce(indexed, item)],
  ["print", (items) => joined(items, (a, b) => (typeof a === "string" || typeof b === "string" ? "" : " "))],
  ["println", (items) => `${joined(items, () => " ")}\n`],
  ["printf", ([format, ...items]) => sprintfText(printed(format), items.map(plain), () => {})],
  ["html", (items) => escapeHtml(joined(items, () => ""))],
  ["urlquery", (items) => encodeQuery(joined(items, () => ""))],
  ["eq", ([first, ...others]) => others.some((other) => equal(plain(first), plain(other)))],
  ["ne", ([a, b]) => !equal(plain(a), plain(b))],
  ["lt", ([a, b]) => order(a, b) < 0],
  ["le", ([a, b]) => order(a, b) <= 0],
  ["gt", ([a, b]) => order(a, b) > 0],
  ["ge", ([a, b]) => order(a, b) >= 0],
]);

type Control = Extract<Node, { kind: "if" | "range" | "with" }>;

const MAX_CALLS = 100;

/** Writes a template with its data: Go's text/template as far as JSON data can use it. */
export class TemplateRunner {
  private readonly template: Template;
  private readonly ctx: BuiltinContext;
  private readonly variables: { name: string; item: Item }[] = [];
  private readonly out: string[] = [];
  private calls = 0;

  constructor(template: Template, ctx: BuiltinContext) {
    this.template = template;
    this.ctx = ctx;
  }

  run(data: Value): string {
    this.variables.push({ name: "$", item: data });
    try {
      this.list(this.template.nodes, data);
    } catch (error) {
      throw error instanceof LoopSignal ? failed(`template: ${error.message}`) : error;
    }
    return this.out.join("");
  }

  private write(text: string): void {
    this.ctx.charge(1 + text.length);
    this.out.push(text);
  }

  /** Variables of a list end with it. */
  private list(nodes: readonly Node[], dot: Item): void {
    const kept = this.variables.length;
    for (const node of nodes) this.node(node, dot);
    this.variables.length = kept;
  }

  private node(node: Node, dot: Item): void {
    this.ctx.charge(1);
    if (node.kind === "text") this.write(node.text);
    else if (node.kind === "action") this.action(node.pipe, dot);
    else if (node.kind === "range") this.range(node, dot);
    else if (node.kind === "if" || node.kind === "with") this.branch(node, dot);
    else if (node.kind === "template") this.call(node.name, node.pipe && this.pipe(node.pipe, dot));
    else throw new LoopSignal(node.kind);
  }

  private action(pipe: Pipe, dot: Item): void {
    const item = this.pipe(pipe, dot);
    if (pipe.variables.length === 0) this.write(printed(item));
  }

  private branch(node: Control, dot: Item): void {
    const kept = this.variables.length;
    const item = this.pipe(node.pipe, dot);
    const inner = node.kind === "with" && holds(item) ? item : dot;
    this.list(holds(item) ? node.body : node.otherwise, inner);
    this.variables.length = kept;
  }

  private call(name: string, data: Item): void {
    const nodes = this.template.defined.get(name);
    if (!nodes) throw failed(`template: template ${JSON.stringify(name)} not defined`);
    if (++this.calls > MAX_CALLS) throw failed("template: exceeded maximum template depth");
    const outer = this.variables.splice(0, this.variables.length, { name: "$", item: data });
    this.list(nodes, data);
    this.variables.splice(0, this.variables.length, ...outer);
    this.calls--;
  }

  private range(node: Control, dot: Item): void {
    const over = this.pipe({ ...node.pipe, variables: [] }, dot);
    const entries = entriesOf(over);
    if (entries.length === 0) this.list(node.otherwise, dot);
    const kept = this.variables.length;
    for (const [key, item] of entries) {
      const [first, second] = node.pipe.variables;
      if (first !== undefined) this.variables.push({ name: first, item: second === undefined ? item : key });
      if (second !== undefined) this.variables.push({ name: second, item });
      try {
        this.list(node.body, item);
      } catch (error) {
        if (!(error instanceof LoopSignal)) throw error;
        if (error.kind === "break") break;
      } finally {
        this.variables.length = kept;
      }
    }
  }

  private pipe(pipe: Pipe, dot: Item): Item {
    let piped: { item: Item } | undefined;
    for (const command of pipe.commands) piped = { item: this.command(command, dot, piped) };
    const item = piped?.item;
    for (const name of pipe.variables) {
      if (pipe.isAssignment) this.variable(name).item = item;
      else this.variables.push({ name, item });
    }
    return item;
  }

  private command([head, ...rest]: readonly Operand[], dot: Item, piped: { item: Item } | undefined): Item {
    if (head?.base.kind === "function") {
      const items = rest.map((operand) => this.operand(operand, dot));
      const called = functions.get(head.base.name);
      if (!called) throw failed(`template: function ${JSON.stringify(head.base.name)} not defined`);
      return called(piped ? [...items, piped.item] : items);
    }
    if (rest.length > 0 || piped) throw failed("template: can't give argument to non-function");
    return head && this.operand(head, dot);
  }

  private operand({ base, fields }: Operand, dot: Item): Item {
    return fields.reduce((item, name) => field(item, name), this.base(base, dot));
  }

  private base(base: Operand["base"], dot: Item): Item {
    switch (base.kind) {
      case "dot":
        return dot;
      case "variable":
        return this.variable(base.name).item;
      case "pipe":
        return this.pipe(base.pipe, dot);
      case "function":
        return this.command([{ base, fields: [] }], dot, undefined);
      default:
        return typeof base.value === "number" ? formatDouble(base.value) : base.value;
    }
  }

  private variable(name: string): { item: Item } {
    const found = this.variables.findLast((variable) => variable.name === name);
    if (!found) throw failed(`template: undefined variable ${JSON.stringify(name)}`);
    return found;
  }
}

function field(item: Item, name: string): Item {
  if (item instanceof RegoObject) return item.get(name);
  if (item === undefined || item === null) throw failed(`template: nil pointer evaluating interface {}.${name}`);
  throw failed(`template: can't evaluate field ${name}`);
}

function entriesOf(item: Item): [Item, Item][] {
  if (item === undefined || item === null) return [];
  if (item instanceof RegoObject) return item.entries();
  if (typeof item === "object" && isArray(item)) return item.map((one, i) => [BigInt(i), one]);
  throw failed(`template: range can't iterate over ${printed(item)}`);
}
