import type { BuiltinContext } from "./builtin.ts";
import { failed } from "./builtin-error.ts";

/** One place of a simple glob: the characters it may be, and whether it may repeat or be left out. */
interface Token {
  /** Undefined is any character. */
  readonly ranges: readonly (readonly [low: number, high: number])[] | undefined;
  readonly isStar: boolean;
}

function invalid(input: string, position: number, fault: string): Error {
  return failed(`input:${input}, pos:${position}, ${fault}: the input provided is invalid`);
}

class Tokenizer {
  private readonly input: string;
  private readonly characters: readonly string[];
  private at = 0;

  constructor(input: string) {
    this.input = input;
    this.characters = [...input];
  }

  tokens(): Token[] {
    const tokens: Token[] = [];
    while (this.at < this.characters.length) {
      const ranges = this.ranges();
      const flag = this.characters[this.at];
      if (flag === "+" || flag === "*") this.at++;
      if (flag !== "*") tokens.push({ ranges, isStar: false });
      if (flag === "+" || flag === "*") tokens.push({ ranges, isStar: true });
    }
    return tokens;
  }

  private take(): number {
    const character = this.characters[this.at++] === "\\" ? this.characters[this.at++] : this.characters[this.at - 1];
    if (character === undefined) throw invalid(this.input, this.at - 1, "unexpected end of input");
    return character.codePointAt(0) as number;
  }

  private ranges(): Token["ranges"] {
    const character = this.characters[this.at] as string;
    if (character === ".") {
      this.at++;
      return undefined;
    }
    if (character === "[") return this.set();
    if (character === "]") throw invalid(this.input, this.at + 1, "set-close ']' with no preceding '['");
    if (character === "+" || character === "*") {
      throw invalid(this.input, this.at + 1, `flag '${character}' must be preceded by a non-flag`);
    }
    const code = this.take();
    return [[code, code]];
  }

  private set(): Token["ranges"] {
    const ranges: [number, number][] = [];
    this.at++;
    while (this.characters[this.at] !== "]") {
      if (this.at >= this.characters.length) throw invalid(this.input, this.at, "set-open '[' with no matching ']'");
      const low = this.take();
      const isRange = this.characters[this.at] === "-" && this.characters[this.at + 1] !== "]";
      if (isRange) this.at++;
      const high = isRange ? this.take() : low;
      if (high < low) throw invalid(this.input, this.at, "range is out of order");
      ranges.push([low, high]);
    }
    this.at++;
    return ranges;
  }
}

function overlap(a: Token["ranges"], b: Token["ranges"]): boolean {
  if (a === undefined) return b === undefined || b.length > 0;
  if (b === undefined) return a.length > 0;
  return a.some(([low, high]) => b.some(([from, to]) => low <= to && from <= high));
}

/** Whether some text matches both: a walk over the pairs of places the two can be at together. */
export function globsIntersect(left: string, right: string, ctx: BuiltinContext): boolean {
  const a = new Tokenizer(left).tokens();
  const b = new Tokenizer(right).tokens();
  const width = b.length + 1;
  const seen = new Set([0]);
  for (const place of seen) {
    ctx.charge(1);
    const i = Math.floor(place / width);
    const j = place % width;
    if (i === a.length && j === b.length) return true;
    const x = a[i];
    const y = b[j];
    if (x?.isStar) seen.add((i + 1) * width + j);
    if (y?.isStar) seen.add(i * width + j + 1);
    if (x && y && overlap(x.ranges, y.ranges)) seen.add((i + (x.isStar ? 0 : 1)) * width + j + (y.isStar ? 0 : 1));
  }
  return false;
}
