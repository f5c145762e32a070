import { type RefTerm, refOf, scalar, type Term, variable } from "#server/rego/ast.ts";
import type { Location } from "#server/rego/errors.ts";
import { parseArray, parseBraces } from "./collection.ts";
import { parseInfix, parseTermList } from "./infix.ts";
import { parseNumber } from "./number.ts";
import type { Stream } from "./stream.ts";
import { parseTemplate } from "./template.ts";

const maxParts = 1_000;

/** One operand: a scalar, a reference, a call, a collection or something in parentheses. */
export function parseTerm(stream: Stream): Term {
  return stream.nested(() => finishTerm(stream, parseHeadTerm(stream)));
}

function parseHeadTerm(stream: Stream): Term {
  const { loc } = stream;
  const { kind, text } = stream.token;
  switch (kind) {
    case "number":
      return parseNumber(stream);
    case "string":
    case "rawString":
      return scalar(stream.advance().text, loc);
    case "templatePart":
    case "templateEnd":
      return parseTemplate(stream);
    case "ident":
      return parseWord(stream, loc);
    case "symbol":
      break;
    default:
      stream.unexpected();
  }
  if (text === "-" || text === ".") return parseNumber(stream);
  if (text === "[") return parseArray(stream);
  if (text === "{") return parseBraces(stream);
  if (text !== "(") stream.unexpected();
  stream.advance();
  const inner = parseInfix(stream);
  if (!stream.skipSymbol(")")) stream.fail("non-terminated expression");
  return inner;
}

const constants: Readonly<Record<string, null | boolean>> = { null: null, true: true, false: false };

function parseWord(stream: Stream, loc: Location): Term {
  const { text } = stream.token;
  if (!stream.isName() && text !== "contains") {
    const constant = constants[text];
    if (constant === undefined) stream.unexpected();
    stream.advance();
    return scalar(constant, loc);
  }
  return parseVar(stream);
}

export function parseVar(stream: Stream): Term {
  const { loc } = stream;
  const { text } = stream.advance();
  return variable(text === "_" ? stream.wildcard() : text, loc);
}

/** What follows an operand without a blank: `.name`, `[term]`, `(arguments)`. In a rule's head a blank may stand first. */
export function finishTerm(stream: Stream, head: Term, spaced = false): Term {
  let term = head;
  let parts: Term[] | undefined;
  for (let first = spaced; ; first = false) {
    const follows = (symbol: string) => (first ? stream.isSymbol(symbol) : stream.touches(symbol));
    if (follows("(")) {
      term = parseCall(stream, parts === undefined ? refOf([term], head.loc) : refOf(parts, head.loc));
      parts = undefined;
      continue;
    }
    if (!follows(".") && !follows("[")) break;
    parts ??= [refHead(stream, term)];
    if (parts.length === maxParts) stream.fail(`a reference has more than ${maxParts} parts`);
    parts.push(stream.isSymbol(".") ? parseDotted(stream) : parseBracketed(stream));
  }
  if (parts !== undefined) return refOf(parts, head.loc);
  const isRoot = term.type === "var" && (term.name === "input" || term.name === "data");
  return isRoot ? refOf([term], term.loc) : term;
}

function refHead(stream: Stream, term: Term): Term {
  if (term.type === "scalar" || term.type === "template") {
    stream.fail(`illegal ref (head cannot be ${term.type === "template" ? "templatestring" : "scalar"})`, term.loc);
  }
  return term;
}

function parseDotted(stream: Stream): Term {
  stream.advance();
  const { loc, token } = stream;
  if (token.kind !== "ident" || token.newline || !isNext(stream)) stream.unexpected("expected ident");
  return scalar(stream.advance().text, loc);
}

function isNext(stream: Stream): boolean {
  return stream.token.start === stream.lexer.tokens[stream.position - 1]?.end;
}

function parseBracketed(stream: Stream): Term {
  stream.advance();
  const term = parseInfix(stream);
  stream.expectSymbol("]", "expected [");
  return term;
}

function parseCall(stream: Stream, operator: RefTerm): Term {
  stream.advance();
  const args = parseTermList(stream, ")");
  const [name] = operator.parts;
  if (args.length === 0 && operator.parts.length === 1 && name?.type === "var" && name.name === "set") {
    return { type: "set", items: [], loc: operator.loc };
  }
  if (name?.type === "scalar") stream.fail("illegal call of a scalar", operator.loc);
  return { type: "call", operator, args, infix: false, loc: operator.loc };
}
