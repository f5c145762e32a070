import { parseNum } from "#server/plan/value/number.ts";
import { bool, nullOf, number } from "#server/plan/value/value.ts";
import type { Cursor } from "./cursor.ts";
import { parseObject, parseTuple } from "./parse-collection.ts";
import { parseHeredoc, parseQuoted } from "./parse-template.ts";
import type { BinaryOperator, Expression } from "./syntax.ts";

const precedence: readonly (readonly BinaryOperator[])[] = [
  ["||"],
  ["&&"],
  ["==", "!="],
  ["<=", ">=", "<", ">"],
  ["+", "-"],
  ["*", "/", "%"],
];

export function parseExpression(cursor: Cursor): Expression {
  return cursor.deeper(() => parseConditional(cursor));
}

function parseConditional(cursor: Cursor): Expression {
  cursor.skip();
  const at = cursor.position();
  const condition = parseBinary(cursor, 0);
  if (!cursor.take("?")) return condition;
  const yes = parseExpression(cursor);
  cursor.expect(":", "between the two results of a condition");
  return { kind: "conditional", at, condition, yes, no: parseExpression(cursor) };
}

function parseBinary(cursor: Cursor, level: number): Expression {
  const operators = precedence[level];
  if (!operators) return parseUnary(cursor);
  cursor.skip();
  let left = parseBinary(cursor, level + 1);
  for (;;) {
    cursor.skip();
    const at = cursor.position();
    const operator = operators.find((candidate) => cursor.text.startsWith(candidate, cursor.offset));
    if (operator === undefined || isDirectiveEnd(cursor, operator)) return left;
    cursor.offset += operator.length;
    const before = left;
    left = cursor.deeper(() => ({
      kind: "binary",
      at,
      operator,
      left: before,
      right: parseBinary(cursor, level + 1),
    }));
  }
}

/** `=` begins neither operator; `=>` ends the key of a `for`. */
function isDirectiveEnd(cursor: Cursor, operator: BinaryOperator): boolean {
  return operator === "==" && cursor.peek(3) === "==>";
}

function parseUnary(cursor: Cursor): Expression {
  cursor.skip();
  const at = cursor.position();
  if (cursor.peek() === "-" || (cursor.peek() === "!" && cursor.peek(2) !== "!=")) {
    const operator = cursor.peek() as "-" | "!";
    cursor.offset += 1;
    return cursor.deeper(() => ({ kind: "unary", at, operator, operand: parseUnary(cursor) }));
  }
  return parsePostfix(cursor, parsePrimary(cursor));
}

function parsePrimary(cursor: Cursor): Expression {
  const at = cursor.position();
  const next = cursor.peek();
  if (next === '"') return parseQuoted(cursor);
  if (cursor.peek(2) === "<<") return parseHeredoc(cursor);
  if (next === "[") return parseTuple(cursor);
  if (next === "{") return parseObject(cursor);
  if (next === "(") return parseParentheses(cursor);
  if (next >= "0" && next <= "9") return parseNumber(cursor);
  const name = cursor.peekIdentifier();
  if (name === undefined) return cursor.fail(`Expected an expression, found ${cursor.describe()}.`, at);
  cursor.offset += name.length;
  if (name === "true" || name === "false") return { kind: "literal", at, value: bool(name === "true") };
  if (name === "null") return { kind: "literal", at, value: nullOf() };
  return isCall(cursor) ? parseCall(cursor, qualified(cursor, name), at) : { kind: "name", at, name };
}

function isCall(cursor: Cursor): boolean {
  return /^(?:::[A-Za-z_][\w-]*)*[ \t]*\(/.test(cursor.text.slice(cursor.offset, cursor.offset + 200));
}

function qualified(cursor: Cursor, name: string): string {
  let full = name;
  while (cursor.peek(2) === "::") {
    cursor.offset += 2;
    full += `::${cursor.takeIdentifier("a function name")}`;
  }
  return full;
}

function parseParentheses(cursor: Cursor): Expression {
  const at = cursor.position();
  cursor.offset += 1;
  const inner = cursor.within(true, () => {
    const expression = parseExpression(cursor);
    cursor.expect(")", "to close the parenthesis");
    return expression;
  });
  return { kind: "parentheses", at, inner };
}

const numberPattern = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function parseNumber(cursor: Cursor): Expression {
  const at = cursor.position();
  numberPattern.lastIndex = cursor.offset;
  const digits = numberPattern.exec(cursor.text)?.[0] ?? "";
  const parsed = parseNum(digits);
  if (!parsed) return cursor.fail("This number is too long.", at);
  cursor.offset += digits.length;
  return { kind: "literal", at, value: number(parsed) };
}

function parseCall(cursor: Cursor, name: string, at: Expression["at"]): Expression {
  cursor.expect("(", "to open the arguments");
  const items: Expression[] = [];
  let isExpanded = false;
  cursor.within(true, () => {
    while (!cursor.take(")")) {
      items.push(parseExpression(cursor));
      if (cursor.take("...")) {
        isExpanded = true;
        cursor.take(",");
        cursor.expect(")", "after the expanded last argument");
        return;
      }
      if (cursor.take(",")) continue;
      cursor.expect(")", `to close the arguments of ${name}`);
      return;
    }
  });
  return { kind: "call", at, name, arguments: items, isExpanded };
}

/** Attribute access, indexes and splats after a term. */
function parsePostfix(cursor: Cursor, term: Expression): Expression {
  let source = term;
  for (let count = 0; ; count += 1) {
    if (count > 200) return cursor.fail("This reference is too long.");
    const next = parseStep(cursor, source, "full");
    if (!next) return source;
    source = next;
  }
}

type StepMode = "full" | "attributes-only";

function parseStep(cursor: Cursor, source: Expression, mode: StepMode): Expression | undefined {
  cursor.skip();
  const at = cursor.position();
  if (cursor.peek() === "." && cursor.peek(3) !== "...") return parseDot(cursor, source, at);
  if (cursor.peek() !== "[" || mode === "attributes-only") return undefined;
  cursor.offset += 1;
  return cursor.within(true, () => {
    if (cursor.take("*")) {
      cursor.expect("]", "to close the splat");
      return parseSplat(cursor, source, "full");
    }
    const key = parseExpression(cursor);
    cursor.expect("]", "to close the index");
    return { kind: "index", at, source, key };
  });
}

function parseDot(cursor: Cursor, source: Expression, at: Expression["at"]): Expression {
  cursor.offset += 1;
  cursor.skip();
  if (cursor.peek() === "*") {
    cursor.offset += 1;
    return parseSplat(cursor, source, "attributes-only");
  }
  const digits = /^\d+/.exec(cursor.peek(10))?.[0];
  if (digits !== undefined) {
    cursor.offset += digits.length;
    return { kind: "index", at, source, key: { kind: "literal", at, value: number(Number(digits)) } };
  }
  return { kind: "attribute", at, source, name: cursor.takeIdentifier("an attribute name") };
}

/** `a[*].b[0]` applies everything that follows to each element; `a.*.b[0]` only the attributes. */
function parseSplat(cursor: Cursor, source: Expression, mode: StepMode): Expression {
  const at = cursor.position();
  const splat = cursor.nextSplat();
  let each: Expression = { kind: "splat-item", at, splat };
  for (;;) {
    const next = cursor.within(false, () => parseStep(cursor, each, mode));
    if (!next) break;
    each = next;
  }
  return { kind: "splat", at, source, each };
}
