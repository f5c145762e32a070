import { PlanError, type Position } from "#server/plan/plan-error.ts";
import type { Expression, TemplatePart } from "./syntax.ts";

type Trim = { at: Position; trimsBefore: boolean; trimsAfter: boolean };

export type TemplateToken =
  | { kind: "text"; text: string }
  | ({ kind: "interpolation"; expression: Expression } & Trim)
  | ({ kind: "if"; condition: Expression } & Trim)
  | ({ kind: "else" } & Trim)
  | ({ kind: "endif" } & Trim)
  | ({ kind: "endfor" } & Trim)
  | ({ kind: "for"; keyName: string | undefined; valueName: string; collection: Expression } & Trim);

/** Applies `~` trimming and pairs the directives. */
export function buildParts(tokens: TemplateToken[]): TemplatePart[] {
  trimTokens(tokens);
  const reader = { tokens, index: 0 };
  const parts = readParts(reader, []);
  const rest = reader.tokens[reader.index];
  if (rest && rest.kind !== "text") throw new PlanError(`"${rest.kind}" without its opening directive.`, rest.at);
  return parts;
}

/** `~` removes the white space next to a sequence, within its own line. */
export function trimTokens(tokens: TemplateToken[]): void {
  for (const [index, token] of tokens.entries()) {
    if (token.kind === "text") continue;
    const before = tokens[index - 1];
    const after = tokens[index + 1];
    if (token.trimsBefore && before?.kind === "text") before.text = before.text.trimEnd();
    if (token.trimsAfter && after?.kind === "text") after.text = after.text.trimStart();
  }
}

type Reader = { tokens: TemplateToken[]; index: number };

function readParts(reader: Reader, ends: readonly string[]): TemplatePart[] {
  const parts: TemplatePart[] = [];
  for (;;) {
    const token = reader.tokens[reader.index];
    if (!token || ends.includes(token.kind)) return parts;
    if (token.kind === "else" || token.kind === "endif" || token.kind === "endfor") return parts;
    reader.index += 1;
    if (token.kind === "text") appendText(parts, token.text);
    else if (token.kind === "interpolation") parts.push({ kind: "interpolation", expression: token.expression });
    else if (token.kind === "if") parts.push(readIf(reader, token));
    else parts.push(readFor(reader, token));
  }
}

function appendText(parts: TemplatePart[], text: string): void {
  const last = parts.at(-1);
  if (text === "") return;
  if (last?.kind === "text") last.text += text;
  else parts.push({ kind: "text", text });
}

function readIf(reader: Reader, token: Extract<TemplateToken, { kind: "if" }>): TemplatePart {
  const yes = readParts(reader, ["else", "endif"]);
  let no: TemplatePart[] = [];
  if (reader.tokens[reader.index]?.kind === "else") {
    reader.index += 1;
    no = readParts(reader, ["endif"]);
  }
  close(reader, "endif", token.at);
  return { kind: "if", condition: token.condition, yes, no };
}

function readFor(reader: Reader, token: Extract<TemplateToken, { kind: "for" }>): TemplatePart {
  const body = readParts(reader, ["endfor"]);
  close(reader, "endfor", token.at);
  const { at, keyName, valueName, collection } = token;
  return { kind: "for", at, keyName, valueName, collection, body };
}

function close(reader: Reader, end: "endif" | "endfor", at: Position): void {
  if (reader.tokens[reader.index]?.kind !== end)
    throw new PlanError(`This directive is never closed: "%{ ${end} }" is missing.`, at);
  reader.index += 1;
}
