import { LimitError, PlanError, type Position } from "#server/plan/plan-error.ts";

const identifierPattern = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;

/** A place in the text of one file, with the steps that every part of the grammar shares. */
export class Cursor {
  readonly file: string;
  readonly text: string;
  offset = 0;
  /** Inside parentheses, brackets and interpolations a line break is mere space. */
  isMultiline = false;
  private depth = 0;
  private splats = 0;
  private readonly maxDepth: number;
  private readonly lineStarts: number[] = [0];

  constructor(source: { file: string; text: string; maxDepth: number }) {
    this.file = source.file;
    this.text = source.text;
    this.maxDepth = source.maxDepth;
    for (let at = this.text.indexOf("\n"); at !== -1; at = this.text.indexOf("\n", at + 1))
      this.lineStarts.push(at + 1);
  }

  position(offset = this.offset): Position {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStarts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.file, line: low + 1, column: offset - this.lineStarts[low]! + 1 };
  }

  fail(message: string, at = this.position(), remedy?: string): never {
    throw new PlanError(message, at, remedy);
  }

  get isAtEnd(): boolean {
    return this.offset >= this.text.length;
  }

  peek(length = 1): string {
    return this.text.slice(this.offset, this.offset + length);
  }

  /** Skips spaces and comments, and line breaks where they mean nothing. */
  skip(): void {
    for (;;) {
      const character = this.text[this.offset];
      if (character === " " || character === "\t" || character === "\r") this.offset += 1;
      else if (character === "\n" && this.isMultiline) this.offset += 1;
      else if (character === "#" || this.peek(2) === "//") this.skipLine();
      else if (this.peek(2) === "/*") this.skipBlockComment();
      else return;
    }
  }

  skipLines(): void {
    this.within(true, () => this.skip());
  }

  /** Takes the given text if it comes next. */
  take(expected: string): boolean {
    this.skip();
    if (!this.text.startsWith(expected, this.offset)) return false;
    this.offset += expected.length;
    return true;
  }

  expect(expected: string, what: string): void {
    if (!this.take(expected)) this.fail(`Expected "${expected}" ${what}, found ${this.describe()}.`);
  }

  describe(): string {
    if (this.isAtEnd) return "the end of the file";
    const next = this.text[this.offset]!;
    return next === "\n" ? "the end of the line" : `"${next}"`;
  }

  peekIdentifier(): string | undefined {
    this.skip();
    identifierPattern.lastIndex = this.offset;
    return identifierPattern.exec(this.text)?.[0];
  }

  takeIdentifier(what: string): string {
    const name = this.peekIdentifier();
    if (name === undefined) this.fail(`Expected ${what}, found ${this.describe()}.`);
    this.offset += name.length;
    return name;
  }

  takeKeyword(keyword: string): boolean {
    if (this.peekIdentifier() !== keyword) return false;
    this.offset += keyword.length;
    return true;
  }

  within<T>(isMultiline: boolean, read: () => T): T {
    const before = this.isMultiline;
    this.isMultiline = isMultiline;
    try {
      return read();
    } finally {
      this.isMultiline = before;
    }
  }

  deeper<T>(read: () => T): T {
    if (this.depth >= this.maxDepth)
      throw new LimitError(`Nested more than ${this.maxDepth} levels deep.`, this.position(), "Split the expression.");
    this.depth += 1;
    try {
      return read();
    } finally {
      this.depth -= 1;
    }
  }

  nextSplat(): number {
    this.splats += 1;
    return this.splats;
  }

  private skipLine(): void {
    const end = this.text.indexOf("\n", this.offset);
    this.offset = end === -1 ? this.text.length : end;
  }

  private skipBlockComment(): void {
    const end = this.text.indexOf("*/", this.offset + 2);
    if (end === -1) this.fail("This comment is never closed.", this.position(), 'Close it with "*/".');
    this.offset = end + 2;
  }
}
