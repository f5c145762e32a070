import type { Body, Term } from "#server/rego/ast.ts";
import { type Location, RegoErrors } from "#server/rego/errors.ts";
import { parseBody } from "./body.ts";
import { continueListItem, parseListItem, parseTermList } from "./infix.ts";
import type { Stream } from "./stream.ts";
import { parseTerm } from "./term.ts";

/** `[…]`: an array or an array comprehension. */
export function parseArray(stream: Stream): Term {
  const { loc } = stream;
  stream.advance();
  if (stream.skipSymbol("]")) return { type: "array", items: [], loc };
  const bare = !stream.skipSymbol(",");
  const head = parseTerm(stream);
  if (bare && stream.isSymbol("|")) {
    const body = tryBody(stream, "]");
    if (body !== undefined) return { type: "arrayComprehension", head, body, loc };
  }
  return { type: "array", items: parseTermList(stream, "]", continueListItem(stream, head)), loc };
}

/** `{…}`: an object, a set or a comprehension of either. */
export function parseBraces(stream: Stream): Term {
  const { loc } = stream;
  stream.advance();
  if (stream.skipSymbol("}")) return { type: "object", entries: [], loc };
  const bare = !stream.skipSymbol(",");
  const first = parseTerm(stream);
  if (bare && stream.isSymbol("|")) {
    const body = tryBody(stream, "}");
    if (body !== undefined) return { type: "setComprehension", head: first, body, loc };
  }
  const head = continueListItem(stream, first);
  if (stream.skipSymbol(":")) return parseObject(stream, head, { loc, bare });
  if (!stream.isSymbol("}") && !stream.isSymbol(",")) stream.unexpected("non-terminated set");
  return { type: "set", items: parseTermList(stream, "}", head), loc };
}

function parseObject(stream: Stream, key: Term, place: { loc: Location; bare: boolean }): Term {
  const { loc } = place;
  const first = parseTerm(stream);
  if (place.bare && stream.isSymbol("|")) {
    const body = tryBody(stream, "}");
    if (body !== undefined) return { type: "objectComprehension", key, value: first, body, loc };
  }
  const entries: [Term, Term][] = [[key, continueListItem(stream, first)]];
  while (!stream.skipSymbol("}")) {
    if (!stream.skipSymbol(",")) stream.unexpected("non-terminated object");
    if (stream.isSymbol("}")) continue;
    const next = parseListItem(stream);
    stream.expectSymbol(":", 'expected ":"');
    entries.push([next, parseListItem(stream)]);
  }
  return { type: "object", entries, loc };
}

/** `{a | b}` is a comprehension before it is a union; only a comma behind what fails tells the other. */
function tryBody(stream: Stream, end: string): Body | undefined {
  const before = stream.position;
  stream.advance();
  try {
    const body = parseBody(stream, end);
    stream.advance();
    return body;
  } catch (error) {
    if (!(error instanceof RegoErrors) || !stream.isSymbol(",")) throw error;
    stream.restore(before);
    return undefined;
  }
}
