import { RegoErrors } from "#server/rego/errors.ts";
import { Lexer } from "#server/rego/lexer.ts";
import { parseQuery } from "#server/rego/parser/module.ts";
import type { Token } from "#server/rego/tokens.ts";
import { displayText } from "#server/rego/values/text.ts";
import { isArray } from "#server/rego/values/value.ts";
import type { Case } from "./case.ts";

/**
 * What is wrong with how a source is read. regorus' lexer refuses some of what our parser refuses, as OPA's does: where an
 * error is wanted, either may give it.
 */
export function lexerFault(test: Case): string | undefined {
  const source = sourceOf(test);
  const { tokens } = new Lexer(source);
  const illegal = tokens.find(({ kind }) => kind === "illegal");
  if (test.get("want_error_any") !== undefined) {
    return illegal !== undefined || isRefused(source) ? undefined : "read, though an error is wanted";
  }
  if (illegal !== undefined) return illegal.text;
  const wanted = test.get("want_tokens");
  const want = wanted !== undefined && isArray(wanted) ? wanted.map(displayText) : [];
  const got = asRegorus(source, tokens);
  return want.length === 0 || got.join("\n") === want.join("\n")
    ? undefined
    : `got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`;
}

/** A source that looks like a number became one on its way; the case's name still holds it as it was written. */
function sourceOf(test: Case): string {
  const source = test.get("source");
  if (typeof source === "string" || source === undefined || source === null) return source ?? "";
  return test.text("note")?.split("/").at(-1) ?? "";
}

function isRefused(source: string): boolean {
  try {
    parseQuery(source);
    return false;
  } catch (error) {
    if (error instanceof RegoErrors) return true;
    throw error;
  }
}

/** Our tokens as regorus cuts them: a minus belongs to the number it touches, `set(` is one token before `)`. */
function asRegorus(source: string, tokens: readonly Token[]): string[] {
  const texts: string[] = [];
  let at = 0;
  for (let token = tokens[at]; token !== undefined; token = tokens[at]) {
    const next = tokens[at + 1];
    const isSigned = isSymbol(token, "-") && next?.kind === "number" && next.start === token.end;
    const isSet =
      token.text === "set" && isSymbol(next, "(") && next?.start === token.end && isSymbol(tokens[at + 2], ")");
    const last = (isSigned || isSet ? next : undefined) ?? token;
    const text = source.slice(token.start, last.end);
    texts.push(token.kind === "string" || token.kind === "rawString" ? text.slice(1, -1) : text);
    at += last === token ? 1 : 2;
  }
  return texts;
}

function isSymbol(token: Token | undefined, text: string): boolean {
  return token?.kind === "symbol" && token.text === text;
}
