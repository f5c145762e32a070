import type { Position } from "#server/plan/plan-error.ts";
import { Cursor } from "./cursor.ts";
import { parseExpression } from "./parse-expression.ts";
import type { Attribute, Block, Body, Expression } from "./syntax.ts";

export type SourceText = { file: string; text: string; maxDepth: number };

/** Parses a `.tf` or `.tfvars` file. */
export function parseFile(source: SourceText): Body {
  const cursor = new Cursor({ ...source, text: withoutByteOrderMark(source.text) });
  return parseBody(cursor, "file");
}

/** Parses a lone expression, such as an input given as text for a variable of a complex type. */
export function parseLoneExpression(source: SourceText): Expression {
  const cursor = new Cursor(source);
  cursor.isMultiline = true;
  const expression = parseExpression(cursor);
  cursor.skip();
  if (!cursor.isAtEnd) cursor.fail(`Unexpected ${cursor.describe()} after the expression.`);
  return expression;
}

function withoutByteOrderMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function parseBody(cursor: Cursor, end: "file" | "block"): Body {
  const at = cursor.position();
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  for (;;) {
    cursor.skipLines();
    if (cursor.isAtEnd) {
      if (end === "block") cursor.fail('This block is never closed: "}" is missing.', at);
      return { attributes, blocks, at };
    }
    if (end === "block" && cursor.take("}")) return { attributes, blocks, at };
    parseItem(cursor, attributes, blocks);
    if (end === "block" && cursor.take("}")) return { attributes, blocks, at };
    expectLineEnd(cursor);
  }
}

function parseItem(cursor: Cursor, attributes: Map<string, Attribute>, blocks: Block[]): void {
  const at = cursor.position();
  const name = cursor.takeIdentifier("an argument or a block");
  cursor.skip();
  if (cursor.peek() === "=" && cursor.peek(2) !== "==") {
    cursor.take("=");
    const earlier = attributes.get(name);
    if (earlier) cursor.fail(`The argument "${name}" was already set at line ${earlier.at.line}.`, at);
    attributes.set(name, { name, at, expression: parseExpression(cursor) });
    return;
  }
  blocks.push(parseBlock(cursor, name, at));
}

function parseBlock(cursor: Cursor, type: string, at: Position): Block {
  const labels: string[] = [];
  for (;;) {
    cursor.skip();
    if (cursor.take("{")) break;
    if (cursor.peek() === '"') labels.push(parseLabel(cursor));
    else if (cursor.peekIdentifier() !== undefined) labels.push(cursor.takeIdentifier("a label"));
    else cursor.fail(`Expected "=" to set an argument, or "{" to open a block, after "${type}".`);
  }
  return { type, labels, at, body: cursor.deeper(() => parseBody(cursor, "block")) };
}

function parseLabel(cursor: Cursor): string {
  const at = cursor.position();
  const end = cursor.text.indexOf('"', cursor.offset + 1);
  const label = end === -1 ? undefined : cursor.text.slice(cursor.offset + 1, end);
  if (label === undefined || label.includes("\n")) cursor.fail("This label is never closed.", at);
  if (label.includes("${")) cursor.fail("A block's label cannot contain an interpolation.", at);
  cursor.offset = end + 1;
  return label;
}

function expectLineEnd(cursor: Cursor): void {
  cursor.skip();
  if (cursor.isAtEnd || cursor.peek() === "\n") return;
  cursor.fail(
    `Expected the end of the line, found ${cursor.describe()}.`,
    cursor.position(),
    "Put each argument on its own line.",
  );
}
