import type { Builtin, FunctionBuiltin } from "./builtin.ts";
import { stringOperand } from "./operands.ts";
import { string } from "./type-spec.ts";

function trimmedStart(text: string, drop: (character: string) => boolean): string {
  let from = 0;
  for (const character of text) {
    if (!drop(character)) break;
    from += character.length;
  }
  return text.slice(from);
}

function trimmedEnd(text: string, drop: (character: string) => boolean): string {
  let end = text.length;
  while (end > 0) {
    const unit = text.charCodeAt(end - 1);
    const from = unit >= 0xdc00 && unit <= 0xdfff && end > 1 ? end - 2 : end - 1;
    if (!drop(text.slice(from, end))) break;
    end = from;
  }
  return text.slice(0, end);
}

type Trim = (text: string, drop: (character: string) => boolean) => string;

const trimmed: Trim = (text, drop) => trimmedEnd(trimmedStart(text, drop), drop);

/** Drops the characters of a cut set. */
function byCutset(name: string, trim: Trim): FunctionBuiltin {
  return {
    name,
    params: [string, string],
    result: string,
    call: (args) => {
      const text = stringOperand(args, 0);
      const cutset = new Set(stringOperand(args, 1));
      return trim(text, (character) => cutset.has(character));
    },
  };
}

/** White space of Unicode, as Go has it: with U+0085 and without the byte order mark. */
const space = /^[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/;

export const trims: readonly Builtin[] = [
  byCutset("trim", trimmed),
  byCutset("trim_left", trimmedStart),
  byCutset("trim_right", trimmedEnd),
  {
    name: "trim_prefix",
    params: [string, string],
    result: string,
    call: (args) => {
      const text = stringOperand(args, 0);
      const prefix = stringOperand(args, 1);
      return text.startsWith(prefix) ? text.slice(prefix.length) : text;
    },
  },
  {
    name: "trim_suffix",
    params: [string, string],
    result: string,
    call: (args) => {
      const text = stringOperand(args, 0);
      const suffix = stringOperand(args, 1);
      return text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text;
    },
  },
  {
    name: "trim_space",
    params: [string],
    result: string,
    call: (args) => trimmed(stringOperand(args, 0), (character) => space.test(character)),
  },
];
