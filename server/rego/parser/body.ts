import {
  type Body,
  callOf,
  type Expr,
  type ExprNode,
  expression,
  type Term,
  type VarTerm,
  type With,
} from "#server/rego/ast.ts";
import { isMembership, parseInfix } from "./infix.ts";
import type { Stream } from "./stream.ts";
import { parseTerm, parseVar } from "./term.ts";

const maxExpressions = 5_000;

/** Expressions up to `end`, which stays unread; separated by `;` or a line break. */
export function parseBody(stream: Stream, end: string): Body {
  return stream.nested(() => {
    const atEnd = () => (end === "" ? stream.token.kind === "eof" : stream.isSymbol(end));
    if (atEnd()) stream.fail("found empty body");
    const body: Body = [];
    for (;;) {
      if (body.length === maxExpressions) stream.fail(`a body has more than ${maxExpressions} expressions`);
      body.push(parseLiteral(stream));
      if (stream.skipSymbol(";")) {
        if (end === "" && atEnd()) return body;
        continue;
      }
      if (atEnd()) return body;
      if (!stream.token.newline) stream.unexpected(`expected \\n or ; or ${end === "" ? "end of query" : end}`);
    }
  });
}

export function parseLiteral(stream: Stream): Expr {
  const { loc } = stream;
  const negated = stream.skipWord("not");
  if (stream.isWord("some")) {
    if (negated) stream.unexpected("illegal negation of 'some'");
    return withModifiers(stream, expression(parseSome(stream), loc));
  }
  if (stream.isWord("every")) {
    if (negated) stream.unexpected("illegal negation of 'every'");
    return withModifiers(stream, expression(parseEvery(stream), loc));
  }
  const expr = expression(parseRelation(stream), loc);
  if (expr.node.type === "call") expr.node.statement = true;
  expr.negated = negated;
  return withModifiers(stream, expr);
}

function parseRelation(stream: Stream): ExprNode {
  const left = parseInfix(stream);
  const name = stream.isSymbol("=") ? "eq" : stream.isSymbol(":=") ? "assign" : undefined;
  if (name === undefined) return left;
  const { loc } = stream;
  stream.advance();
  const call = callOf(name, [left, parseInfix(stream)], left.loc);
  call.operator.loc = loc;
  return call;
}

function withModifiers(stream: Stream, expr: Expr): Expr {
  while (stream.isWord("with")) expr.withs.push(parseWith(stream));
  return expr;
}

function parseWith(stream: Stream): With {
  const { loc } = stream;
  stream.advance();
  if (stream.token.kind !== "ident") stream.unexpected("expected ident");
  const target = parseTerm(stream);
  if (target.type !== "ref" && target.type !== "var") stream.unexpected("expected with target path");
  if (!stream.skipWord("as")) stream.unexpected("expected as keyword");
  return { target, value: parseInfix(stream), loc };
}

function parseSome(stream: Stream): ExprNode {
  const { loc } = stream;
  stream.advance();
  const before = stream.position;
  if (stream.isKeyword("in")) {
    const term = parseInfix(stream);
    if (isMembership(term)) {
      const [a, b, c] = term.args;
      if (a === undefined || b === undefined) stream.unexpected("illegal domain");
      const [key, value, domain] = c === undefined ? [undefined, a, b] : [a, b, c];
      return { type: "someIn", key, value, domain, loc };
    }
    if (isCall(term)) stream.unexpected("expected `x in xs` or `x, y in xs` expression");
    stream.restore(before);
  }
  const symbols: VarTerm[] = [];
  do {
    if (!stream.isName()) stream.unexpected("expected var");
    symbols.push(parseVar(stream) as VarTerm);
  } while (stream.skipSymbol(","));
  return { type: "some", symbols, loc };
}

function parseEvery(stream: Stream): ExprNode {
  const { loc } = stream;
  stream.advance();
  const term = parseInfix(stream);
  if (!isMembership(term)) stream.unexpected("expected `x[, y] in xs { ... }` expression");
  const [a, b, c] = term.args;
  if (a === undefined || b === undefined) stream.unexpected("illegal domain");
  const [key, value, domain] = c === undefined ? [undefined, a, b] : [a, b, c];
  if (key !== undefined && key.type !== "var") stream.unexpected("expected key to be a variable");
  if (value.type !== "var") stream.unexpected("expected value to be a variable");
  if (!stream.skipSymbol("{")) stream.unexpected("missing body");
  const body = parseBody(stream, "}");
  stream.advance();
  return { type: "every", key, value, domain, body, loc };
}

function isCall(term: Term): boolean {
  return term.type === "call";
}
