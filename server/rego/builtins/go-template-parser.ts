import { failed } from "./builtin-error.ts";

/** A value in a pipeline, with the fields looked up in it: `.a.b`, `$x.c`, `"text"`, `(…).d`, `len`. */
export interface Operand {
  readonly base:
    | { readonly kind: "dot" }
    | { readonly kind: "variable"; readonly name: string }
    | { readonly kind: "literal"; readonly value: string | boolean | null | bigint | number }
    | { readonly kind: "function"; readonly name: string }
    | { readonly kind: "pipe"; readonly pipe: Pipe };
  readonly fields: readonly string[];
}

/** Commands, each of which gets the answer of the one before as its last operand. */
export interface Pipe {
  readonly variables: readonly string[];
  readonly isAssignment: boolean;
  readonly commands: readonly (readonly Operand[])[];
}

export type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "action"; readonly pipe: Pipe }
  | { readonly kind: "if" | "range" | "with"; readonly pipe: Pipe; readonly body: Node[]; readonly otherwise: Node[] }
  | { readonly kind: "template"; readonly name: string; readonly pipe: Pipe | undefined }
  | { readonly kind: "break" | "continue" };

export interface Template {
  readonly nodes: readonly Node[];
  readonly defined: ReadonlyMap<string, readonly Node[]>;
}

type Piece = { readonly text: string } | { readonly tokens: string[] };

const tokenPattern =
  /\s+|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|:=|[|=(),]|\$?\w*(?:\.\w+)+|\$\w*|[+-]?\d[\w.+]*|\w+|\./uy;

function tokenize(action: string): string[] {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < action.length) {
    const at = tokenPattern.lastIndex;
    const token = tokenPattern.exec(action)?.[0];
    if (token === undefined) throw failed(`template: unexpected ${JSON.stringify(action[at])} in command`);
    // A field that touches a closing parenthesis belongs to what is inside.
    if (/^\.\w/.test(token) && action[at - 1] === ")") tokens.push((tokens.pop() ?? "") + token);
    else if (token.trim() !== "") tokens.push(token);
  }
  return tokens;
}

/** Cuts a source into text and actions; `{{-` and `-}}` take the white space beside them away. */
function cut(source: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let trimsNext = false;
  for (let open = source.indexOf("{{"); open >= 0; open = source.indexOf("{{", at)) {
    const isComment = /^\{\{(- )?\/\*/.test(source.slice(open, open + 6));
    const bodyEnd = isComment ? source.indexOf("*/", open) : open;
    const close = bodyEnd < 0 ? -1 : endOfAction(source, isComment ? bodyEnd + 2 : open + 2);
    if (close < 0) throw failed("template: unclosed action");
    const inside = source.slice(open + 2, close);
    const text = trimsNext ? source.slice(at, open).trimStart() : source.slice(at, open);
    const trimsBefore = /^-\s/.test(inside);
    trimsNext = /\s-$/.test(inside);
    pieces.push({ text: trimsBefore ? text.trimEnd() : text });
    const action = inside.slice(trimsBefore ? 1 : 0, trimsNext ? -1 : undefined);
    if (!isComment) pieces.push({ tokens: tokenize(action) });
    at = close + 2;
  }
  const rest = source.slice(at);
  pieces.push({ text: trimsNext ? rest.trimStart() : rest });
  return pieces;
}

/** The closing braces, those inside strings passed over. */
function endOfAction(source: string, from: number): number {
  const pattern = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|\}\}/g;
  pattern.lastIndex = from;
  for (let match = pattern.exec(source); match; match = pattern.exec(source)) {
    if (match[0] === "}}") return match.index;
  }
  return -1;
}

const MAX_DEPTH = 100;

class TemplateParser {
  private readonly pieces: Piece[];
  private readonly defined = new Map<string, readonly Node[]>();
  private at = 0;

  constructor(source: string) {
    this.pieces = cut(source);
  }

  parse(): Template {
    const { nodes, end } = this.list(0);
    if (end.length > 0) throw failed(`template: unexpected {{${end.join(" ")}}}`);
    return { nodes, defined: this.defined };
  }

  /** Nodes up to an `end` or `else`, whose tokens are handed back. */
  private list(depth: number): { nodes: Node[]; end: string[] } {
    if (depth > MAX_DEPTH) throw failed("template: nested too deeply");
    const nodes: Node[] = [];
    while (this.at < this.pieces.length) {
      const piece = this.pieces[this.at++] as Piece;
      if ("text" in piece) {
        if (piece.text !== "") nodes.push({ kind: "text", text: piece.text });
        continue;
      }
      const { tokens } = piece;
      if (tokens[0] === "end" || tokens[0] === "else") return { nodes, end: tokens };
      nodes.push(...this.action(tokens, depth));
    }
    if (depth > 0) throw failed("template: unexpected EOF");
    return { nodes, end: [] };
  }

  private action(tokens: readonly string[], depth: number): Node[] {
    const [keyword, ...rest] = tokens;
    switch (keyword) {
      case undefined:
        throw failed("template: missing value for command");
      case "if":
      case "range":
      case "with":
        return [this.control(keyword, rest, depth)];
      case "break":
      case "continue":
        return [{ kind: keyword }];
      case "define":
      case "block":
        return this.definition(keyword, rest, depth);
      case "template": {
        const pipe = rest.length > 1 ? parsePipe(rest.slice(1)) : undefined;
        return [{ kind: "template", name: textOf(rest[0]), pipe }];
      }
      default:
        return [{ kind: "action", pipe: parsePipe(tokens) }];
    }
  }

  private control(kind: "if" | "range" | "with", tokens: readonly string[], depth: number): Node {
    const pipe = parsePipe(tokens);
    const { nodes: body, end } = this.list(depth + 1);
    if (end[0] === "end") return { kind, pipe, body, otherwise: [] };
    // `else if x` is an `if` inside the else, closed by the same end.
    if (end.length > 1) return { kind, pipe, body, otherwise: this.action(end.slice(1), depth + 1) };
    const rest = this.list(depth + 1);
    if (rest.end[0] !== "end") throw failed("template: expected end; found {{else}}");
    return { kind, pipe, body, otherwise: rest.nodes };
  }

  private definition(keyword: "define" | "block", tokens: readonly string[], depth: number): Node[] {
    const name = textOf(tokens[0]);
    const { nodes, end } = this.list(depth + 1);
    if (end[0] !== "end") throw failed(`template: unexpected {{else}} in ${keyword} clause`);
    this.defined.set(name, nodes);
    return keyword === "block" ? [{ kind: "template", name, pipe: parsePipe(tokens.slice(1)) }] : [];
  }
}

function textOf(token: string | undefined): string {
  const literal = token === undefined ? undefined : literalOf(token);
  if (typeof literal !== "string")
    throw failed(`template: unexpected ${JSON.stringify(token ?? "")} in template clause`);
  return literal;
}

function parsePipe(tokens: readonly string[]): Pipe {
  const declares = tokens.findIndex((token) => token === ":=" || token === "=");
  const variables = declares < 0 ? [] : tokens.slice(0, declares).filter((token) => token !== ",");
  if (!variables.every((name) => /^\$\w+$/.test(name))) throw failed("template: unexpected := in command");
  const { commands, rest } = parseCommands(tokens.slice(declares + 1), 0);
  if (rest.length > 0) throw failed(`template: unexpected ${JSON.stringify(rest[0])} in command`);
  return { variables, isAssignment: tokens[declares] === "=", commands };
}

function parseCommands(tokens: readonly string[], depth: number): { commands: Operand[][]; rest: readonly string[] } {
  if (depth > MAX_DEPTH) throw failed("template: nested too deeply");
  const commands: Operand[][] = [[]];
  let rest = tokens;
  for (let token = rest[0]; token !== undefined && !token.startsWith(")"); token = rest[0]) {
    rest = rest.slice(1);
    if (token === "|") commands.push([]);
    else if (token === "(") {
      const inner = parseCommands(rest, depth + 1);
      const close = inner.rest[0];
      if (!close?.startsWith(")")) throw failed("template: unclosed left paren");
      const pipe: Pipe = { variables: [], isAssignment: false, commands: inner.commands };
      commands.at(-1)?.push({ base: { kind: "pipe", pipe }, fields: close.slice(2).split(".").filter(Boolean) });
      rest = inner.rest.slice(1);
    } else commands.at(-1)?.push(parseOperand(token));
  }
  if (commands.some((command) => command.length === 0)) throw failed("template: missing value for command");
  return { commands, rest };
}

function parseOperand(token: string): Operand {
  const literal = literalOf(token);
  if (literal !== undefined) return { base: { kind: "literal", value: literal }, fields: [] };
  const [head = "", ...fields] = token.split(".");
  if (token.startsWith(".")) return { base: { kind: "dot" }, fields: fields.filter(Boolean) };
  if (head.startsWith("$")) return { base: { kind: "variable", name: head }, fields };
  if (/^[a-z]\w*$/i.test(token)) return { base: { kind: "function", name: token }, fields: [] };
  throw failed(`template: unexpected ${JSON.stringify(token)} in operand`);
}

function literalOf(token: string): string | boolean | null | bigint | number | undefined {
  if (token === "true" || token === "false") return token === "true";
  if (token === "nil") return null;
  if (token.startsWith("`")) return token.slice(1, -1);
  if (/^[+-]?\d+$/.test(token)) return BigInt(token.replace("+", ""));
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(token)) return Number(token);
  if (token.startsWith("'")) return BigInt([...token][1]?.codePointAt(0) ?? 0);
  if (!token.startsWith('"')) return undefined;
  try {
    return JSON.parse(token) as string;
  } catch {
    throw failed(`template: bad string ${token}`);
  }
}

export function parseTemplate(source: string): Template {
  return new TemplateParser(source).parse();
}
