import {
  type Body,
  expression,
  type Head,
  isMultiValue,
  isTerm,
  type Module,
  operatorName,
  type Rule,
  scalar,
  type Term,
} from "#server/rego/ast.ts";
import { builtinName, signatureOf } from "#server/rego/compile/signatures.ts";
import { type Location, RegoErrors } from "#server/rego/errors.ts";
import { typeName } from "#server/rego/values/value.ts";
import { isGround, mapTerm } from "#server/rego/walk.ts";
import { parseBody, parseLiteral } from "./body.ts";
import { checkDefaultRule } from "./default-rule.ts";
import { generateValue, parseHead } from "./head.ts";
import { infixSymbols, parseInfix } from "./infix.ts";
import type { Stream } from "./stream.ts";

/** A rule with its else chain, and one more for each further body chained to it. */
export function parseRules(stream: Stream, module: Module): Rule[] {
  const { loc } = stream;
  const isDefault = stream.skipWord("default");
  if (!stream.isName()) return refuseStatement(stream);
  const head = parseHead(stream);
  const rule = newRule(module, head, loc);
  rule.isDefault = isDefault;
  rule.usesContains = isMultiValue(head);
  if (isDefault) {
    checkDefaultRule(stream, rule);
    return [rule];
  }
  rule.usesIf = stream.isWord("if");
  settleHead(rule);
  if (!parseRuleBody(stream, rule)) return [finishBodyless(stream, rule)];
  if (stream.isWord("else")) {
    refuseElse(stream, head);
    rule.otherwise = parseElse(stream, rule);
  }
  return [rule, ...parseChained(stream, rule)];
}

function newRule(module: Module, head: Head, loc: Location): Rule {
  const plain = { isDefault: false, otherwise: undefined, generatedBody: false, usesIf: false, usesContains: false };
  return { ...plain, head, body: [], module, loc };
}

function trueBody(loc: Location): Body {
  return [{ ...expression(scalar(true, loc), loc), generated: true }];
}

/** Names what begins a statement that is no rule, as OPA does. */
function refuseStatement(stream: Stream): never {
  const { loc } = stream;
  const { node, negated, withs } = parseLiteral(stream);
  if (stream.isSymbol(";")) stream.fail("multiple expressions cannot be used for rule head", loc);
  if (withs.length > 0) stream.fail("expressions using with keyword cannot be used for rule head", loc);
  if (negated) stream.fail("negated expressions cannot be used for rule head", loc);
  if (!isTerm(node))
    stream.fail(`${node.type === "every" ? "expression" : "'some' declarations"} cannot be used for rule head`, loc);
  if (node.type !== "call") stream.fail(`${termName(node)} cannot be used for rule name`, loc);
  const operator = operatorName(node);
  if (operator !== "eq" && operator !== "assign") stream.fail(builtinConflict, loc);
  stream.fail(`${termName(node.args[0] ?? node)} cannot be used for rule name`, loc);
}

const builtinConflict = "rule name conflicts with built-in function";

function termName(term: Term): string {
  return term.type === "scalar" ? typeName(term.value) : term.type.toLowerCase();
}

/** `p[x]` alone adds to a set, `p[x] if` defines a key with the value true. */
function settleHead(rule: Rule): void {
  const { head } = rule;
  if (head.value !== undefined || rule.usesContains || head.args !== undefined || head.ref.length !== 2) return;
  if (rule.usesIf) generateValue(head);
  else head.key = head.ref.pop();
}

function parseRuleBody(stream: Stream, rule: Rule): boolean {
  if (stream.skipWord("if")) {
    rule.body = parseIfBody(stream);
    return true;
  }
  if (!stream.isSymbol("{")) return false;
  rule.body = parseBracedBody(stream);
  return true;
}

function parseBracedBody(stream: Stream): Body {
  stream.advance();
  const body = parseBody(stream, "}");
  stream.advance();
  return body;
}

/** `if {true}` holds a body: a set is never false, so it is not meant as an expression. */
function parseIfBody(stream: Stream): Body {
  const before = stream.position;
  if (!stream.isSymbol("{")) return [parseLiteral(stream)];
  if (stream.opensBody()) return parseBracedBody(stream);
  try {
    const expr = parseLiteral(stream);
    if (expr.node.type !== "set") return [expr];
  } catch (error) {
    if (!(error instanceof RegoErrors)) throw error;
  }
  stream.restore(before);
  return parseBracedBody(stream);
}

/** OPA reads a statement without a body as an expression, and asks whether it can be a rule. */
function refuseExpression(stream: Stream, { head, loc }: Rule): void {
  const { token } = stream;
  if (token.kind === "symbol" && infixSymbols.has(token.text)) stream.fail(builtinConflict, loc);
  if (stream.isWord("in")) stream.fail(builtinConflict, loc);
  if (stream.isWord("with")) stream.fail("expressions using with keyword cannot be used for rule head", loc);
  if (stream.isSymbol(";")) stream.fail("multiple expressions cannot be used for rule head", loc);
  if (head.args !== undefined && head.generatedValue && signatureOf(builtinName(head.ref) ?? "") !== undefined)
    stream.fail(builtinConflict, loc);
}

function finishBodyless(stream: Stream, rule: Rule): Rule {
  const { head } = rule;
  if (!rule.usesContains) refuseExpression(stream, rule);
  if (rule.usesContains || (head.value !== undefined && !head.generatedValue)) {
    if (stream.isWord("else")) refuseElse(stream, head);
  } else if (stream.token.kind === "illegal") {
    stream.unexpected();
  } else if (head.ref.length === 1 && head.args === undefined && head.key === undefined) {
    stream.fail("var cannot be used for rule name", rule.loc);
  }
  if (head.args?.length === 0 && head.generatedValue)
    stream.fail("rule argument list must take at least one argument", rule.loc);
  rule.body = trueBody(rule.loc);
  rule.generatedBody = true;
  return rule;
}

function refuseElse(stream: Stream, head: Head): void {
  if (!head.ref.slice(1).every(isGround)) stream.fail("else keyword cannot be used on rules with variables in head");
  if (head.key !== undefined) stream.fail("else keyword cannot be used on multi-value rules");
}

function copyHead(stream: Stream, head: Head, loc: Location): Head {
  const renew = (term: Head["ref"][number]) =>
    mapTerm(term, (inner) =>
      inner.type === "var" && inner.name.startsWith("$") ? { ...inner, name: stream.wildcard() } : inner,
    );
  return { ...head, args: head.args?.map(renew), loc };
}

function parseElse(stream: Stream, rule: Rule): Rule {
  const { loc } = stream;
  stream.advance();
  const head = copyHead(stream, rule.head, loc);
  const next = newRule(rule.module, head, loc);
  head.generatedValue = false;
  if (stream.isSymbol("{") || stream.isWord("if")) generateValue(head);
  else if (stream.isSymbol("=") || stream.isSymbol(":=")) {
    head.assign = stream.advance().text === ":=";
    head.value = parseInfix(stream);
  } else stream.unexpected("expected else value term or rule body");
  next.usesIf = stream.skipWord("if");
  if (stream.isSymbol("{")) next.body = next.usesIf ? parseIfBody(stream) : parseBracedBody(stream);
  else if (next.usesIf) next.body = [parseLiteral(stream)];
  else {
    next.body = trueBody(loc);
    next.generatedBody = true;
  }
  if (stream.isWord("else")) next.otherwise = parseElse(stream, rule);
  return next;
}

function parseChained(stream: Stream, first: Rule): Rule[] {
  const chained: Rule[] = [];
  while (stream.isSymbol("{")) {
    if (first.otherwise !== undefined) stream.fail("expected else keyword");
    const { loc } = stream;
    const body = parseBracedBody(stream);
    chained.push({ ...newRule(first.module, copyHead(stream, first.head, loc), loc), body, usesIf: first.usesIf });
  }
  return chained;
}
