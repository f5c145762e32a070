import type { Comment } from "./ast.ts";
import { readString, readTemplate } from "./lexer-strings.ts";
import type { Token, TokenKind } from "./tokens.ts";

const pairs = new Set([":=", "==", "!=", "<=", ">="]);
const singles = new Set("()[]{}.,:;=<>|&+-*/%");

/** Reads a source into tokens at once; an illegal one ends the list's usefulness, not the reading. */
export class Lexer {
  readonly tokens: Token[] = [];
  readonly comments: Comment[] = [];
  readonly source: string;
  at = 0;
  row = 1;
  lineStart = 0;
  private newline = false;
  /** For each open template expression: its quote and the braces open inside. */
  private readonly templates: { quote: string; braces: number }[] = [];

  constructor(source: string) {
    this.source = source;
    if (source.charCodeAt(0) === 0xfeff) this.at = this.lineStart = 1;
    while (this.next());
    this.emit("eof", "", this.at);
  }

  private next(): boolean {
    this.skipBlank();
    if (this.at >= this.source.length) return false;
    const start = this.at;
    const char = this.source[start] as string;
    if (isIdentStart(char)) this.word(start);
    else if (isDigit(char)) this.number(start);
    else if (char === '"' || char === "`") readString(this, char);
    else if (char === "$") this.template(start);
    else this.symbol(start, char);
    return true;
  }

  emit(kind: TokenKind, text: string, start: number, row = this.row, col = start - this.lineStart + 1): void {
    this.tokens.push({ kind, text, row, col, start, end: this.at, newline: this.newline });
    this.newline = false;
  }

  illegal(message: string, start: number): void {
    this.emit("illegal", message, start);
  }

  endLine(): void {
    this.row++;
    this.lineStart = this.at;
  }

  private skipBlank(): void {
    for (;;) {
      const char = this.source[this.at];
      if (char === "\n") {
        this.at++;
        this.newline = true;
        this.endLine();
      } else if (char === " " || char === "\t" || char === "\r") this.at++;
      else if (char === "#") this.comment();
      else return;
    }
  }

  private comment(): void {
    const start = this.at;
    while (this.at < this.source.length && this.source[this.at] !== "\n") this.at++;
    const text = this.source.slice(start + 1, this.at).replace(/\r$/, "");
    this.comments.push({ text, row: this.row, col: start - this.lineStart + 1 });
  }

  private word(start: number): void {
    while (isIdentPart(this.source[this.at])) this.at++;
    this.emit("ident", this.source.slice(start, this.at), start);
  }

  private digits(): boolean {
    const start = this.at;
    while (isDigit(this.source[this.at])) this.at++;
    return this.at > start;
  }

  private number(start: number): void {
    this.digits();
    let fault: string | undefined;
    if (this.source[this.at] === ".") {
      this.at++;
      if (!this.digits()) fault = "expected fraction";
    }
    if (this.source[this.at] === "e" || this.source[this.at] === "E") {
      this.at++;
      if (this.source[this.at] === "+" || this.source[this.at] === "-") this.at++;
      if (!this.digits()) fault ??= "expected exponent";
    }
    if (isIdentStart(this.source[this.at])) fault ??= "illegal number format";
    if (fault !== undefined) this.illegal(fault, start);
    else this.emit("number", this.source.slice(start, this.at), start);
  }

  private template(start: number): void {
    const quote = this.source[start + 1];
    this.at++;
    if (quote !== '"' && quote !== "`") {
      this.illegal("illegal token", start);
      return;
    }
    this.at++;
    this.templatePiece(quote, start);
  }

  private templatePiece(quote: string, start: number): void {
    if (readTemplate(this, quote, start) === "open") this.templates.push({ quote, braces: 0 });
  }

  private symbol(start: number, char: string): void {
    const open = this.templates.at(-1);
    if (open !== undefined && char === "}" && open.braces === 0) {
      this.templates.pop();
      this.at++;
      this.emit("symbol", "}", start);
      this.templatePiece(open.quote, this.at);
      return;
    }
    if (open !== undefined && char === "{") open.braces++;
    if (open !== undefined && char === "}") open.braces--;
    const pair = this.source.slice(start, start + 2);
    const text = pairs.has(pair) ? pair : char;
    this.at += text.length;
    if (text.length === 2 || singles.has(text)) this.emit("symbol", text, start);
    else this.illegal(illegalText(this.source.codePointAt(start) ?? 0), start);
  }
}

function illegalText(code: number): string {
  const shown = code.toString(16).toUpperCase().padStart(4, "0");
  return `illegal token U+${shown}${code > 127 ? " (names are of ASCII letters, digits and _)" : ""}`;
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= "0" && char <= "9";
}

function isIdentStart(char: string | undefined): boolean {
  return char !== undefined && ((char >= "a" && char <= "z") || (char >= "A" && char <= "Z") || char === "_");
}

function isIdentPart(char: string | undefined): boolean {
  return isIdentStart(char) || isDigit(char);
}
