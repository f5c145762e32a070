import { RE2JS } from "re2js";
import type { Value } from "#server/rego/values/value.ts";
import type { Builtin, BuiltinContext, FunctionBuiltin } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import { globsIntersect } from "./glob-intersection.ts";
import { integerOperand, operand, stringOperand } from "./operands.ts";
import { findAll, isPattern, type Match, pattern, replaceAll, splitAll } from "./re2.ts";
import { arrayOf, boolean, number, string } from "./type-spec.ts";

function matches(args: readonly Value[], ctx: BuiltinContext): boolean {
  const source = stringOperand(args, 0);
  const text = stringOperand(args, 1);
  return pattern(source, text, ctx).matcher(text).find();
}

/** The matches of pattern, text and highest number (negative: all). */
function found(args: readonly Value[], ctx: BuiltinContext): { text: string; matches: Match[] } {
  const source = stringOperand(args, 0);
  const text = stringOperand(args, 1);
  const limit = integerOperand(args, 2);
  return { text, matches: findAll(pattern(source, text, ctx), text, limit, ctx) };
}

function taken(text: string, [start, end]: readonly [number, number]): string {
  return start < 0 ? "" : text.slice(start, end);
}

/** Spans between delimiters, nested pairs counted. */
function delimitedSpans(template: string, open: string, close: string): [number, number][] {
  const spans: [number, number][] = [];
  const unbalanced = () => failed(`unbalanced braces in ${JSON.stringify(template)}`);
  let level = 0;
  let start = 0;
  for (let i = 0; i < template.length; i++) {
    if (template[i] === open) {
      if (level++ === 0) start = i;
    } else if (template[i] === close) {
      if (--level === 0) spans.push([start, i + 1]);
      else if (level < 0) throw unbalanced();
    }
  }
  if (level !== 0) throw unbalanced();
  return spans;
}

/** A text in which the delimited parts are patterns. */
function templatePattern(template: string, open: string, close: string): string {
  let source = "^";
  let copied = 0;
  for (const [start, end] of delimitedSpans(template, open, close)) {
    source += `${RE2JS.quote(template.slice(copied, start))}(${template.slice(start + 1, end - 1)})`;
    copied = end;
  }
  return `${source + RE2JS.quote(template.slice(copied))}$`;
}

function delimiterOperand(args: readonly Value[], index: number, name: string): string {
  const delimiter = stringOperand(args, index);
  const length = Buffer.byteLength(delimiter);
  if (length === 1) return delimiter;
  throw failed(`${name} delimiter has to be exactly one character long but is ${length} long`);
}

const match: FunctionBuiltin = { name: "regex.match", params: [string, string], result: boolean, call: matches };

export const regexes: readonly Builtin[] = [
  match,
  { ...match, name: "re_match", deprecated: true },
  {
    name: "regex.is_valid",
    params: [string],
    result: boolean,
    call: (args) => {
      const source = operand(args, 0);
      return typeof source === "string" && isPattern(source);
    },
  },
  {
    name: "regex.find_n",
    params: [string, string, number],
    result: arrayOf(string),
    call: (args, ctx) => {
      const { text, matches } = found(args, ctx);
      return matches.map(([whole]) => taken(text, whole as readonly [number, number]));
    },
  },
  {
    name: "regex.find_all_string_submatch_n",
    params: [string, string, number],
    result: arrayOf(arrayOf(string)),
    call: (args, ctx) => {
      const { text, matches } = found(args, ctx);
      return matches.map((groups) => groups.map((group) => taken(text, group)));
    },
  },
  {
    name: "regex.replace",
    params: [string, string, string],
    result: string,
    call: (args, ctx) => {
      const text = stringOperand(args, 0);
      const source = stringOperand(args, 1);
      const replacement = stringOperand(args, 2);
      return replaceAll(pattern(source, text, ctx), text, replacement, ctx);
    },
  },
  {
    name: "regex.split",
    params: [string, string],
    result: arrayOf(string),
    call: (args, ctx) => {
      const source = stringOperand(args, 0);
      const text = stringOperand(args, 1);
      return splitAll(pattern(source, text, ctx), text, ctx);
    },
  },
  {
    name: "regex.template_match",
    params: [string, string, string, string],
    result: boolean,
    call: (args, ctx) => {
      const template = stringOperand(args, 0);
      const text = stringOperand(args, 1);
      const source = templatePattern(template, delimiterOperand(args, 2, "start"), delimiterOperand(args, 3, "end"));
      return pattern(source, text, ctx).matcher(text).find();
    },
  },
  {
    name: "regex.globs_match",
    params: [string, string],
    result: boolean,
    call: (args, ctx) => globsIntersect(stringOperand(args, 0), stringOperand(args, 1), ctx),
  },
];
