import { type Location, RegoErrors, regoError } from "#server/rego/errors.ts";
import { Lexer } from "#server/rego/lexer.ts";
import { baseKeywords, futureKeywords, type Token } from "#server/rego/tokens.ts";

const maxDepth = 600;
/** Reading ahead may read a token more than once; nesting must not make that exponential. */
const maxReadsPerToken = 200;

/** The tokens of one source with a place in them: what the parser of every node kind reads from. */
export class Stream {
  readonly file: string;
  readonly lexer: Lexer;
  token: Token;
  private at = 0;
  private depth = 0;
  private reads = 0;
  private wildcards = 0;
  private readonly keywords: Set<string>;
  readonly version: "v0" | "v1";

  constructor(file: string, source: string, version: "v0" | "v1") {
    this.file = file;
    this.version = version;
    this.lexer = new Lexer(source);
    this.keywords = new Set(version === "v1" ? [...baseKeywords, ...futureKeywords] : baseKeywords);
    this.token = this.lexer.tokens[0] as Token;
  }

  addKeywords(words: readonly string[]): void {
    for (const word of words) this.keywords.add(word);
  }

  /** In v0 `import rego.v1` and `import future.keywords` make them one after the other. */
  isKeyword(word: string): boolean {
    return this.keywords.has(word);
  }

  get loc(): Location {
    return { file: this.file, row: this.token.row, col: this.token.col };
  }

  get position(): number {
    return this.at;
  }

  restore(position: number): void {
    this.at = position;
    this.token = this.lexer.tokens[position] as Token;
  }

  advance(): Token {
    const passed = this.token;
    if (passed.kind === "illegal") this.fail(passed.text);
    if (++this.reads > maxReadsPerToken * this.lexer.tokens.length) this.fail("expression is too ambiguous to parse");
    if (passed.kind !== "eof") this.restore(this.at + 1);
    return passed;
  }

  isSymbol(text: string): boolean {
    return this.token.kind === "symbol" && this.token.text === text;
  }

  /** A symbol directly behind the token before: `f(`, `x.`, `x[`. */
  touches(text: string): boolean {
    return this.isSymbol(text) && this.token.start === this.lexer.tokens[this.at - 1]?.end;
  }

  isWord(word: string): boolean {
    return this.token.kind === "ident" && this.token.text === word && this.isKeyword(word) && !this.startsRef();
  }

  /** An identifier, or a keyword standing as one: `input.if`, `else.foo := 1`. */
  isName(): boolean {
    return this.token.kind === "ident" && (!this.isKeyword(this.token.text) || this.startsRef());
  }

  private startsRef(): boolean {
    const next = this.lexer.tokens[this.at + 1];
    return next?.kind === "symbol" && (next.text === "." || next.text === "[") && next.start === this.token.end;
  }

  /** The braces at hand hold what only a body can, before any `|`: most do, and reading them twice is slow. */
  opensBody(): boolean {
    const { tokens } = this.lexer;
    for (let i = this.at + 1, depth = 0; i < tokens.length; i++) {
      const { kind, text } = tokens[i] as Token;
      if (kind === "ident" && depth === 0 && (text === "not" || text === "some" || text === "every"))
        return this.keywords.has(text);
      if (kind !== "symbol") continue;
      if (text === "{" || text === "[" || text === "(") depth++;
      else if (text === "}" || text === "]" || text === ")") {
        if (--depth < 0) return false;
      } else if (depth === 0 && (text === "|" || text === ",")) return false;
      else if (depth === 0 && (text === ":=" || text === "=" || text === ";")) return true;
    }
    return false;
  }

  skipSymbol(text: string): boolean {
    if (!this.isSymbol(text)) return false;
    this.advance();
    return true;
  }

  skipWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.advance();
    return true;
  }

  expectSymbol(text: string, note: string): Token {
    if (!this.isSymbol(text)) this.unexpected(note);
    return this.advance();
  }

  wildcard(): string {
    return `$${this.wildcards++}`;
  }

  nested<T>(read: () => T): T {
    if (++this.depth > maxDepth) this.fail(`nested too deeply (more than ${maxDepth} levels)`);
    try {
      return read();
    } finally {
      this.depth--;
    }
  }

  fail(message: string, loc: Location = this.loc): never {
    throw new RegoErrors([regoError("rego_parse_error", loc, message)]);
  }

  /** Refuses the token at hand: `unexpected } token: expected number`. */
  unexpected(note = ""): never {
    const { kind, text } = this.token;
    if (kind === "illegal") this.fail(text);
    const isKeyword = kind === "ident" && (this.isKeyword(text) || futureKeywords.includes(text));
    const shown = kind === "ident" && !isKeyword ? "ident" : kind === "symbol" || isKeyword ? text : kind;
    this.fail(`unexpected ${shown} ${isKeyword ? "keyword" : "token"}${note === "" ? "" : `: ${note}`}`);
  }
}
