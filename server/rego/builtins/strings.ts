import { codePointCount, isBasic } from "#server/rego/values/code-points.ts";
import type { Value } from "#server/rego/values/value.ts";
import type { Builtin, BuiltinContext, FunctionBuiltin } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import { MEMBER } from "./cost.ts";
import { integerOperand, stringOperand, stringsOperand } from "./operands.ts";
import { lowerCase, upperCase } from "./text-case.ts";
import { arrayOf, boolean, listOf, number, string, type TypeSpec } from "./type-spec.ts";

/** A built-in of two strings; the text searched is paid for. */
function ofTwo(name: string, result: TypeSpec, answer: (a: string, b: string) => Value): FunctionBuiltin {
  return {
    name,
    params: [string, string],
    result,
    call: (args, ctx) => {
      const a = stringOperand(args, 0);
      const b = stringOperand(args, 1);
      if (a.length > 256) ctx.charge(a.length >> 8);
      return answer(a, b);
    },
  };
}

function ofOne(name: string, answer: (text: string) => Value): FunctionBuiltin {
  return {
    name,
    params: [string],
    result: string,
    call: (args, ctx) => {
      const text = stringOperand(args, 0);
      ctx.charge(text.length);
      return answer(text);
    },
  };
}

function concat(separator: string, parts: readonly string[], ctx: BuiltinContext): string {
  let length = separator.length * parts.length;
  for (const part of parts) length += part.length;
  ctx.charge(parts.length + length);
  return parts.join(separator);
}

function requireSearch(search: string): void {
  if (search === "") throw failed("empty search character");
}

function indexOf(text: string, search: string): number {
  requireSearch(search);
  const at = text.indexOf(search);
  return at <= 0 || isBasic(text) ? at : codePointCount(text.slice(0, at));
}

/** Every position, overlapping ones too. */
function allIndexes(text: string, search: string): number[] {
  requireSearch(search);
  const found: number[] = [];
  let passed = 0;
  let from = 0;
  for (let at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + 1)) {
    passed += codePointCount(text.slice(from, at));
    from = at;
    found.push(passed);
  }
  return found;
}

function substring(text: string, offset: number, length: number): string {
  if (offset < 0) throw failed("negative offset");
  const end = length < 0 ? Number.POSITIVE_INFINITY : offset + length;
  return isBasic(text) ? text.slice(offset, end) : [...text].slice(offset, end).join("");
}

function split(text: string, delimiter: string, ctx: BuiltinContext): string[] {
  const parts = delimiter === "" ? [...text] : text.split(delimiter);
  ctx.charge(parts.length * MEMBER + text.length);
  return parts;
}

function countOf(text: string, search: string): number {
  return search === "" ? codePointCount(text) + 1 : text.split(search).length - 1;
}

/** Sorted, the strings with one beginning stand together behind it. */
function anyStartsWith(texts: readonly string[], prefixes: readonly string[], ctx: BuiltinContext): boolean {
  ctx.charge(texts.length + prefixes.length);
  const sorted = [...texts].sort();
  return prefixes.some((prefix) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] as string) < prefix) low = middle + 1;
      else high = middle;
    }
    return sorted[low]?.startsWith(prefix) === true;
  });
}

/** One string or a list of them. */
function textsOperand(args: readonly Value[], index: number): readonly string[] {
  const value = args[index];
  return typeof value === "string" ? [value] : stringsOperand(args, index, "string", "set", "array");
}

function backwards(text: string): string {
  return [...text].reverse().join("");
}

function anyMatch(name: string, direct: (text: string) => string): FunctionBuiltin {
  return {
    name,
    params: [anyStrings, anyStrings],
    result: boolean,
    call: (args, ctx) => {
      const texts = textsOperand(args, 0).map(direct);
      return anyStartsWith(texts, textsOperand(args, 1).map(direct), ctx);
    },
  };
}

const anyStrings: TypeSpec = { kind: "union", of: [string, arrayOf(string), { kind: "set", of: string }] };

export const strings: readonly Builtin[] = [
  {
    name: "concat",
    params: [string, listOf(string)],
    result: string,
    call: (args, ctx) => concat(stringOperand(args, 0), stringsOperand(args, 1), ctx),
  },
  ofTwo("contains", boolean, (text, search) => text.includes(search)),
  ofTwo("startswith", boolean, (text, prefix) => text.startsWith(prefix)),
  ofTwo("endswith", boolean, (text, suffix) => text.endsWith(suffix)),
  ofTwo("indexof", number, indexOf),
  {
    name: "indexof_n",
    params: [string, string],
    result: arrayOf(number),
    call: (args, ctx) => {
      const text = stringOperand(args, 0);
      ctx.charge(text.length);
      return allIndexes(text, stringOperand(args, 1));
    },
  },
  ofOne("lower", lowerCase),
  ofOne("upper", upperCase),
  ofOne("strings.reverse", backwards),
  {
    name: "split",
    params: [string, string],
    result: arrayOf(string),
    call: (args, ctx) => split(stringOperand(args, 0), stringOperand(args, 1), ctx),
  },
  {
    name: "substring",
    params: [string, number, number],
    result: string,
    call: (args) => substring(stringOperand(args, 0), integerOperand(args, 1), integerOperand(args, 2)),
  },
  ofTwo("strings.count", number, countOf),
  anyMatch("strings.any_prefix_match", (text) => text),
  anyMatch("strings.any_suffix_match", backwards),
];
