import { type CallTerm, callOf, refOf, scalar, type Term, variable } from "#server/rego/ast.ts";
import type { Location } from "#server/rego/errors.ts";
import type { Stream } from "./stream.ts";
import { parseTerm } from "./term.ts";

const maxOperands = 1_000;

/** From loose to tight; all bind to the left. `in` is looser still and stands apart. */
const levels: readonly Readonly<Record<string, string>>[] = [
  { "==": "equal", "!=": "neq", "<": "lt", ">": "gt", "<=": "lte", ">=": "gte" },
  { "|": "or" },
  { "&": "and" },
  { "+": "plus", "-": "minus" },
  { "*": "mul", "/": "div", "%": "rem" },
];

export const infixSymbols: ReadonlySet<string> = new Set(levels.flatMap((operators) => Object.keys(operators)));

/** A term with operators; `k, v in xs` is understood. */
export function parseInfix(stream: Stream): Term {
  return stream.nested(() => parseMembership(stream, parseLevel(stream, 0), true));
}

/** A term with operators where a comma separates elements. */
export function parseListItem(stream: Stream): Term {
  return stream.nested(() => parseMembership(stream, parseLevel(stream, 0), false));
}

/** Goes on behind an operand that was read already. */
export function continueListItem(stream: Stream, operand: Term): Term {
  return parseMembership(stream, parseLevel(stream, 0, operand), false);
}

function parseLevel(stream: Stream, level: number, first?: Term): Term {
  const operators = levels[level];
  if (operators === undefined) return first ?? parseTerm(stream);
  let left = parseLevel(stream, level + 1, first);
  for (let operands = 1; ; operands++) {
    const name = stream.token.kind === "symbol" ? operators[stream.token.text] : undefined;
    if (name === undefined) return left;
    if (operands > maxOperands) stream.fail(`an expression has more than ${maxOperands} operands in a row`);
    const { loc } = stream;
    stream.advance();
    left = infixCall(name, [left, parseLevel(stream, level + 1)], loc);
  }
}

function infixCall(name: string, args: Term[], operatorLoc: Location): CallTerm {
  const call = callOf(name, args, args[0]?.loc ?? operatorLoc);
  call.operator.loc = operatorLoc;
  return call;
}

function parseMembership(stream: Stream, first: Term, keyed: boolean): Term {
  let left = first;
  if (keyed && stream.isSymbol(",")) {
    const pair = parseKeyedMembership(stream, left);
    if (pair === undefined) return left;
    left = pair;
  }
  while (stream.isWord("in")) {
    const { loc } = stream;
    stream.advance();
    left = memberCall("member_2", [left, parseLevel(stream, 0)], loc);
  }
  return left;
}

function parseKeyedMembership(stream: Stream, key: Term): Term | undefined {
  const before = stream.position;
  stream.advance();
  if (stream.token.kind !== "eof" && !stream.isSymbol("]") && !stream.isSymbol(")") && !stream.isSymbol("}")) {
    const value = parseLevel(stream, 0);
    const { loc } = stream;
    if (stream.skipWord("in")) return memberCall("member_3", [key, value, parseLevel(stream, 0)], loc);
  }
  stream.restore(before);
  return undefined;
}

function memberCall(name: string, args: Term[], loc: Location): CallTerm {
  const operator = refOf([variable("internal", loc), scalar(name, loc)], loc);
  return { type: "call", operator, args, infix: true, loc: args[0]?.loc ?? loc };
}

export function isMembership(term: Term): term is CallTerm {
  return term.type === "call" && term.infix && term.operator.parts.length === 2;
}

export function parseTermList(stream: Stream, end: string, first?: Term): Term[] {
  const items: Term[] = first === undefined ? [] : [first];
  if (first !== undefined && !stream.isSymbol(end)) {
    if (!stream.isSymbol(",")) stream.unexpected(`expected "," or "${end}"`);
    stream.advance();
  }
  while (!stream.isSymbol(end)) {
    items.push(parseListItem(stream));
    if (stream.isSymbol(end)) break;
    if (!stream.isSymbol(",")) stream.unexpected(`expected "," or "${end}"`);
    stream.advance();
  }
  stream.advance();
  return items;
}
