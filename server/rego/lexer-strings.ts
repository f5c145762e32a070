import type { Lexer } from "./lexer.ts";

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/** Reads `"…"` or `` `…` `` from its opening quote on. */
export function readString(lexer: Lexer, quote: string): void {
  const start = lexer.at;
  const { row } = lexer;
  const col = start - lexer.lineStart + 1;
  lexer.at++;
  const text = readUntil(lexer, quote, false);
  if (text === undefined) return;
  lexer.emit(quote === '"' ? "string" : "rawString", text.text, start, row, col);
}

/** Reads a template string's literal text up to its next expression or its end. */
export function readTemplate(lexer: Lexer, quote: string, start: number): "open" | "closed" {
  const { row } = lexer;
  const col = start - lexer.lineStart + 1;
  const piece = readUntil(lexer, quote, true);
  if (piece === undefined) return "closed";
  lexer.emit(piece.open ? "templatePart" : "templateEnd", piece.text, start, row, col);
  return piece.open ? "open" : "closed";
}

function readUntil(lexer: Lexer, quote: string, template: boolean): { text: string; open: boolean } | undefined {
  const start = lexer.at;
  const raw = quote === "`";
  let text = "";
  for (;;) {
    const char = lexer.source[lexer.at];
    if (char === undefined || (char === "\n" && !raw)) {
      lexer.illegal("non-terminated string", start);
      return undefined;
    }
    if (char === "\0") {
      lexer.illegal("illegal null character", lexer.at);
      return undefined;
    }
    lexer.at++;
    if (char === quote) return { text: wellFormed(text), open: false };
    if (template && char === "{") return { text: wellFormed(text), open: true };
    if (char === "\n") lexer.endLine();
    if (char !== "\\" || (raw && !(template && lexer.source[lexer.at] === "{"))) {
      text += char;
      continue;
    }
    const escaped = readEscape(lexer, template);
    if (escaped === undefined) return undefined;
    text += escaped;
  }
}

function readEscape(lexer: Lexer, template: boolean): string | undefined {
  const char = lexer.source[lexer.at] ?? "";
  lexer.at++;
  if (template && char === "{") return "{";
  const known = escapes[char];
  if (known !== undefined) return known;
  const digits = lexer.source.slice(lexer.at, lexer.at + 4);
  if (char === "u" && /^[0-9a-fA-F]{4}$/.test(digits)) {
    lexer.at += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }
  lexer.illegal("illegal string escape character", lexer.at - 2);
  return undefined;
}

/** A lone surrogate is not text: it becomes U+FFFD, as in JSON read by OPA. */
function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");
}
