import { parseNumber } from "./number.ts";
import { ObjectBuilder, RegoObject } from "./rego-object.ts";
import type { Value } from "./value.ts";

/** Text that is not JSON; `offset` counts UTF-16 units. */
export class JsonError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const MAX_DEPTH = 1_000;
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these inside a string.
const plainString = /[^"\\\u0000-\u001f]*/y;

/** Reads JSON straight into values and keeps every number as written. */
export function parseJson(text: string): Value {
  return new Reader(text).document();
}

class Reader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): Value {
    const value = this.value(0);
    this.skipSpace();
    if (this.at < this.text.length) this.fail("after top-level value");
    return value;
  }

  private skipSpace(): void {
    let code = this.text.charCodeAt(this.at);
    while (code === 32 || code === 10 || code === 13 || code === 9) code = this.text.charCodeAt(++this.at);
  }

  private fail(context: string): never {
    if (this.at >= this.text.length) throw new JsonError("unexpected end of JSON input", this.at);
    const character = String.fromCodePoint(this.text.codePointAt(this.at) as number);
    throw new JsonError(`invalid character '${character}' ${context}`, this.at);
  }

  private value(depth: number): Value {
    if (depth > MAX_DEPTH) throw new JsonError("exceeded max depth", this.at);
    this.skipSpace();
    switch (this.text.charCodeAt(this.at)) {
      case 0x7b:
        return this.object(depth + 1);
      case 0x5b:
        return this.array(depth + 1);
      case 0x22:
        return this.string();
      case 0x74:
        return this.word("true", true);
      case 0x66:
        return this.word("false", false);
      case 0x6e:
        return this.word("null", null);
      default:
        return this.number();
    }
  }

  private word(word: string, value: Value): Value {
    if (!this.text.startsWith(word, this.at)) {
      while (this.text[this.at] === word[0]) this.at++;
      this.fail(`in literal ${word}`);
    }
    this.at += word.length;
    return value;
  }

  private number(): Value {
    numberPattern.lastIndex = this.at;
    const match = numberPattern.exec(this.text);
    if (!match) this.fail("looking for beginning of value");
    this.at += match[0].length;
    return parseNumber(match[0]);
  }

  private string(): string {
    const start = this.at + 1;
    plainString.lastIndex = start;
    plainString.test(this.text);
    this.at = plainString.lastIndex;
    if (this.text.charCodeAt(this.at) === 0x22) return this.text.slice(start, this.at++);
    return this.escapedString(start);
  }

  /** The rest of a string after its first escape; the platform's reader knows the escapes. */
  private escapedString(start: number): string {
    while (this.text.charCodeAt(this.at) === 0x5c) {
      this.at += 2;
      plainString.lastIndex = this.at;
      plainString.test(this.text);
      this.at = plainString.lastIndex;
    }
    if (this.text.charCodeAt(this.at) !== 0x22) this.fail("in string literal");
    this.at++;
    try {
      return JSON.parse(this.text.slice(start - 1, this.at)) as string;
    } catch {
      throw new JsonError("invalid character in string escape code", start);
    }
  }

  private array(depth: number): Value {
    this.at++;
    const items: Value[] = [];
    if (this.closes(0x5d)) return items;
    for (;;) {
      items.push(this.value(depth));
      if (this.closes(0x5d)) return items;
      if (this.text.charCodeAt(this.at) !== 0x2c) this.fail("after array element");
      this.at++;
    }
  }

  private object(depth: number): Value {
    this.at++;
    if (this.closes(0x7d)) return RegoObject.empty;
    const builder = new ObjectBuilder();
    for (;;) {
      this.skipSpace();
      if (this.text.charCodeAt(this.at) !== 0x22) this.fail("looking for beginning of object key string");
      const name = this.string();
      this.skipSpace();
      if (this.text.charCodeAt(this.at) !== 0x3a) this.fail("after object key");
      this.at++;
      builder.set(name, this.value(depth));
      if (this.closes(0x7d)) return builder.build();
      if (this.text.charCodeAt(this.at) !== 0x2c) this.fail("after object key:value pair");
      this.at++;
    }
  }

  private closes(code: number): boolean {
    this.skipSpace();
    if (this.text.charCodeAt(this.at) !== code) return false;
    this.at++;
    return true;
  }
}
