import { RE2JS } from "re2js";
import { isArray, type Value } from "#server/rego/values/value.ts";
import type { Builtin } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import { operand, stringOperand, wrongElement, wrongType } from "./operands.ts";
import { PatternCache } from "./pattern-cache.ts";
import { passCost } from "./re2.ts";
import { arrayOf, boolean, nullType, oneOf, string } from "./type-spec.ts";

/** Translates a glob into a regular expression of the linear engine. */
class GlobTranslator {
  private readonly glob: readonly string[];
  /** What `*` and `?` match: one character that is no delimiter. */
  private readonly inside: string;
  private at = 0;

  constructor(glob: string, delimiters: readonly string[]) {
    this.glob = [...glob];
    this.inside = delimiters.length === 0 ? "." : `[^${delimiters.map(classCharacter).join("")}]`;
  }

  translate(): string {
    return `^(?s:${this.sequence(0)})$`;
  }

  private sequence(depth: number): string {
    let out = "";
    for (;;) {
      const character = this.glob[this.at];
      if (character === undefined) {
        if (depth > 0) throw failed("unexpected end of input");
        return out;
      }
      if (depth > 0 && (character === "," || character === "}")) return out;
      this.at++;
      out += this.element(character, depth);
    }
  }

  private element(character: string, depth: number): string {
    switch (character) {
      case "*":
        if (this.glob[this.at] !== "*") return `${this.inside}*`;
        this.at++;
        return ".*";
      case "?":
        return this.inside;
      case "[":
        return this.characters();
      case "{":
        return this.alternatives(depth + 1);
      case "\\":
        return RE2JS.quote(this.take());
      default:
        return RE2JS.quote(character);
    }
  }

  private take(): string {
    const character = this.glob[this.at];
    if (character === undefined) throw failed("unexpected end of input");
    this.at++;
    return character;
  }

  private alternatives(depth: number): string {
    if (depth > 50) throw failed("glob is nested too deeply");
    const options = [this.sequence(depth)];
    while (this.take() === ",") options.push(this.sequence(depth));
    return `(?:${options.join("|")})`;
  }

  /** `[abc]`, `[a-z]` or either with `!`; one range is all a list may be. */
  private characters(): string {
    const not = this.glob[this.at] === "!" ? "^" : "";
    if (not) this.at++;
    if (this.glob[this.at + 1] === "-") return `[${not}${this.range()}]`;
    let members = "";
    for (let character = this.take(); character !== "]"; character = this.take()) {
      members += classCharacter(character === "\\" ? this.take() : character);
    }
    if (members === "") throw failed("could not parse range");
    return `[${not}${members}]`;
  }

  private range(): string {
    const low = this.take();
    this.take();
    const high = this.take();
    if (this.take() !== "]") throw failed("expected close range character");
    if (low > high) throw failed(`hi character '${high}' should be greater than lo '${low}'`);
    return `${classCharacter(low)}-${classCharacter(high)}`;
  }
}

function classCharacter(character: string): string {
  return /[\\\]^\-[]/.test(character) ? `\\${character}` : character;
}

const compiled = new PatternCache((key: string) => {
  const [glob, ...delimiters] = JSON.parse(key) as [string, ...string[]];
  return RE2JS.compile(new GlobTranslator(glob, delimiters).translate());
});

/** None given means `.`; `null` means that nothing delimits. */
function delimitersOperand(args: readonly Value[], index: number): readonly string[] {
  const value = operand(args, index);
  if (value === null) return [];
  if (!isArray(value)) throw wrongType(index, value, "array", "null");
  for (const delimiter of value) {
    if (typeof delimiter !== "string") throw wrongElement(index, value, delimiter, "string");
    if ([...delimiter].length !== 1) throw wrongElement(index, value, delimiter, "rune");
  }
  return value.length === 0 ? ["."] : (value as readonly string[]);
}

const MAX_GLOB = 10_000;

export const globs: readonly Builtin[] = [
  {
    name: "glob.match",
    params: [string, oneOf(nullType, arrayOf(string)), string],
    result: boolean,
    call: (args, ctx) => {
      const glob = stringOperand(args, 0);
      const delimiters = delimitersOperand(args, 1);
      const text = stringOperand(args, 2);
      if (glob.length > MAX_GLOB) throw failed("glob is too long");
      const regex = compiled.get(JSON.stringify([glob, ...delimiters]));
      ctx.charge(passCost(regex, text.length));
      return regex.matcher(text).find();
    },
  },
  {
    name: "glob.quote_meta",
    params: [string],
    result: string,
    call: (args) => stringOperand(args, 0).replace(/[*?\\[\]{}]/g, "\\$&"),
  },
];
