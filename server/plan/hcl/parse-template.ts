import { text } from "#server/plan/value/value.ts";
import { Cursor } from "./cursor.ts";
import { parseExpression } from "./parse-expression.ts";
import type { Expression, TemplatePart } from "./syntax.ts";
import { buildParts, type TemplateToken, trimTokens } from "./template-parts.ts";

type TextMode = "quoted" | "raw";

export function parseQuoted(cursor: Cursor): Expression {
  const at = cursor.position();
  cursor.offset += 1;
  const tokens = readTokens(cursor, "quoted", (reader) => reader.peek() === '"');
  if (cursor.peek() !== '"')
    cursor.fail("This string is never closed.", at, "Close it on the same line, or use a heredoc.");
  cursor.offset += 1;
  return asExpression(at, buildParts(tokens));
}

/** A template file: everything up to the end of the text. */
export function parseTemplateFile(source: { file: string; text: string; maxDepth: number }): Expression {
  const cursor = new Cursor(source);
  const at = cursor.position();
  return asExpression(at, buildParts(readTokens(cursor, "raw", () => false)));
}

const introPattern = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\r?\n/uy;

export function parseHeredoc(cursor: Cursor): Expression {
  const at = cursor.position();
  introPattern.lastIndex = cursor.offset;
  const intro = introPattern.exec(cursor.text);
  if (!intro) return cursor.fail('A heredoc begins with "<<NAME" at the end of a line.', at);
  cursor.offset += intro[0].length;
  const end = findHeredocEnd(cursor, intro[2]!);
  if (end === undefined) return cursor.fail(`This heredoc is never closed: "${intro[2]}" is missing.`, at);
  const tokens = readTokens(cursor, "raw", (reader) => reader.offset >= end.start);
  cursor.offset = end.after;
  // Trimming comes first: a line that lost its end no longer has a beginning after it.
  trimTokens(tokens);
  if (intro[1] === "-") removeIndentation(tokens);
  return asExpression(at, buildParts(tokens));
}

function findHeredocEnd(cursor: Cursor, marker: string): { start: number; after: number } | undefined {
  let start = cursor.offset;
  while (start <= cursor.text.length) {
    const newline = cursor.text.indexOf("\n", start);
    const line = cursor.text.slice(start, newline === -1 ? undefined : newline);
    if (line.trim() === marker) return { start, after: start + line.trimEnd().length };
    if (newline === -1) return undefined;
    start = newline + 1;
  }
  return undefined;
}

function asExpression(at: Expression["at"], parts: readonly TemplatePart[]): Expression {
  const only = parts[0];
  if (parts.length === 0) return { kind: "literal", at, value: text("") };
  if (parts.length === 1 && only?.kind === "text") return { kind: "literal", at, value: text(only.text) };
  return { kind: "template", at, parts };
}

/** Literal text is cut at line ends, as the trimming and indentation rules work by line. */
function readTokens(cursor: Cursor, mode: TextMode, isEnd: (cursor: Cursor) => boolean): TemplateToken[] {
  const tokens: TemplateToken[] = [];
  let literal = "";
  const flush = () => {
    if (literal !== "") tokens.push({ kind: "text", text: literal });
    literal = "";
  };
  while (!cursor.isAtEnd && !isEnd(cursor)) {
    const two = cursor.peek(2);
    if (cursor.peek(3) === "$${" || cursor.peek(3) === "%%{") {
      literal += cursor.peek(3).slice(1);
      cursor.offset += 3;
    } else if (two === "${" || two === "%{") {
      flush();
      tokens.push(two === "${" ? readInterpolation(cursor) : readDirective(cursor));
    } else {
      const next = mode === "quoted" ? readQuotedCharacter(cursor) : readRawRun(cursor);
      literal += next;
      if (mode === "raw" && literal.endsWith("\n")) flush();
    }
  }
  flush();
  return tokens;
}

function readRawRun(cursor: Cursor): string {
  const start = cursor.offset;
  let end = start + 1;
  if (cursor.text[start] !== "\n") {
    while (end < cursor.text.length && !"$%\n".includes(cursor.text[end]!)) end += 1;
    if (cursor.text[end] === "\n") end += 1;
  }
  cursor.offset = end;
  return cursor.text.slice(start, end);
}

const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

function readQuotedCharacter(cursor: Cursor): string {
  const character = cursor.text[cursor.offset]!;
  if (character === "\n")
    cursor.fail("A string cannot continue on the next line.", cursor.position(), "Use a heredoc.");
  if (character !== "\\") {
    cursor.offset += 1;
    return character;
  }
  const code = cursor.text[cursor.offset + 1] ?? "";
  const simple = escapes[code];
  if (simple !== undefined) {
    cursor.offset += 2;
    return simple;
  }
  const unicode = /^\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(cursor.peek(10));
  const point = unicode ? Number.parseInt(unicode[1] ?? unicode[2]!, 16) : Number.POSITIVE_INFINITY;
  if (!unicode || point > 0x10ffff)
    return cursor.fail(`"\\${code}" is not an escape sequence.`, cursor.position(), 'Write "\\\\" for a backslash.');
  cursor.offset += unicode[0].length;
  return String.fromCodePoint(point);
}

function readInterpolation(cursor: Cursor): TemplateToken {
  const at = cursor.position();
  cursor.offset += 2;
  const trimsBefore = takeTrim(cursor);
  return cursor.within(true, () => {
    const expression = parseExpression(cursor);
    return { kind: "interpolation", at, expression, trimsBefore, trimsAfter: closeSequence(cursor) };
  });
}

function readDirective(cursor: Cursor): TemplateToken {
  const at = cursor.position();
  cursor.offset += 2;
  const trimsBefore = takeTrim(cursor);
  return cursor.within(true, () => {
    const word = cursor.takeIdentifier("if, else, endif, for or endfor");
    const sequence = readSequence(cursor, word);
    return { ...sequence, at, trimsBefore, trimsAfter: closeSequence(cursor) };
  });
}

function readSequence(cursor: Cursor, word: string) {
  if (word === "if") return { kind: "if", condition: parseExpression(cursor) } as const;
  if (word === "else" || word === "endif" || word === "endfor") return { kind: word } as const;
  if (word !== "for") return cursor.fail(`"${word}" is not a template directive.`);
  const first = cursor.takeIdentifier("a name");
  const second = cursor.take(",") ? cursor.takeIdentifier("a second name") : undefined;
  if (!cursor.takeKeyword("in")) cursor.fail(`Expected "in", found ${cursor.describe()}.`);
  const collection = parseExpression(cursor);
  return {
    kind: "for",
    keyName: second === undefined ? undefined : first,
    valueName: second ?? first,
    collection,
  } as const;
}

function takeTrim(cursor: Cursor): boolean {
  if (cursor.peek() !== "~") return false;
  cursor.offset += 1;
  return true;
}

function closeSequence(cursor: Cursor): boolean {
  cursor.skip();
  const trims = takeTrim(cursor);
  cursor.expect("}", "to close the template sequence");
  return trims;
}

/** `<<-`: the smallest indentation of all lines is removed from each; blank lines neither count nor change. */
function removeIndentation(tokens: TemplateToken[]): void {
  const starts = tokens.filter((_, index) => {
    const before = tokens[index - 1];
    return index === 0 || (before?.kind === "text" && before.text.endsWith("\n"));
  });
  const lines = starts.filter(
    (token) => token.kind === "text" && !(token.text.trim() === "" && token.text.endsWith("\n")),
  );
  const indents = lines.map((token) => (token.kind === "text" ? /^\s*/u.exec(token.text)![0].length : 0));
  const hasSequenceAtStart = starts.some((token) => token.kind !== "text");
  const smallest = hasSequenceAtStart || indents.length === 0 ? 0 : Math.min(...indents);
  for (const token of lines) if (token.kind === "text") token.text = token.text.slice(smallest);
}
