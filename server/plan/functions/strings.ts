import { PlanError } from "#server/plan/plan-error.ts";
import { numToIndex } from "#server/plan/value/number.ts";
import { BOOL, listOf, NUMBER, STRING, type Type } from "#server/plan/value/type.ts";
import { bool, compareText, itemsOf, list, numOf, text, textOf, type Value } from "#server/plan/value/value.ts";
import type { Call, FunctionSpec, FunctionTable } from "./function.ts";
import { graphemes, trimSpaces } from "./text-units.ts";

const strings = (count: number): Type[] => Array.from({ length: count }, () => STRING);

export const stringFunctions: FunctionTable = {
  chomp: onText((source) => source.replace(/[\r\n]+$/, "")),
  lower: onText((source) => eachLetter(source, (letter) => letter.toLowerCase())),
  upper: onText((source) => eachLetter(source, (letter) => letter.toUpperCase())),
  title: onText(title),
  trimspace: onText(trimSpaces),
  strrev: onText((source) => graphemes(source).reverse().join("")),
  trim: onTexts(2, (source, cut) => trimSet(source!, cut!)),
  trimprefix: onTexts(2, (source, prefix) => (source!.startsWith(prefix!) ? source!.slice(prefix!.length) : source!)),
  trimsuffix: onTexts(2, (source, suffix) =>
    suffix !== "" && source!.endsWith(suffix!) ? source!.slice(0, -suffix!.length) : source!,
  ),
  startswith: check((source, part) => source.startsWith(part)),
  endswith: check((source, part) => source.endsWith(part)),
  strcontains: check((source, part) => source.includes(part)),
  indent: {
    parameters: [NUMBER, STRING],
    returns: STRING,
    reads: "whole",
    apply: ([count, source], call) => indent(whole(count!), textOf(source!), call),
  },
  substr: {
    parameters: [STRING, NUMBER, NUMBER],
    returns: STRING,
    reads: "whole",
    apply: ([source, offset, length]) => text(substring(textOf(source!), whole(offset!), whole(length!))),
  },
  split: {
    parameters: strings(2),
    returns: listOf(STRING),
    reads: "whole",
    apply: ([separator, source], call) => split(textOf(separator!), textOf(source!), call),
  },
  join: {
    parameters: [STRING],
    rest: listOf(STRING),
    returns: STRING,
    reads: "whole",
    apply: ([separator, ...lists], call) => join(textOf(separator!), lists, call),
  },
  sort: {
    parameters: [listOf(STRING)],
    returns: listOf(STRING),
    reads: "whole",
    apply: ([items]) =>
      list(
        STRING,
        [...itemsOf(items!)].sort((left, right) => compareText(present(left), present(right))),
      ),
  },
};

function onText(change: (source: string) => string): FunctionSpec {
  return onTexts(1, (source) => change(source!));
}

function onTexts(count: number, change: (...sources: string[]) => string): FunctionSpec {
  return {
    parameters: strings(count),
    returns: STRING,
    reads: "whole",
    apply: (values) => text(change(...values.map(textOf))),
  };
}

function check(test: (source: string, part: string) => boolean): FunctionSpec {
  return {
    parameters: strings(2),
    returns: BOOL,
    reads: "whole",
    apply: ([source, part]) => bool(test(textOf(source!), textOf(part!))),
  };
}

function whole(value: Value): number {
  const index = numToIndex(numOf(value));
  if (index === undefined) throw new PlanError("a whole number is required.");
  return index;
}

function present(value: Value): string {
  if (value.content === null) throw new PlanError("the list must not contain null.");
  return textOf(value);
}

/** Letter by letter, as Go does: a letter whose other case is two letters, like ß, stays as it is. */
function eachLetter(source: string, change: (letter: string) => string): string {
  return [...source].map((letter) => ([...change(letter)].length === 1 ? change(letter) : letter)).join("");
}

/** Upper-cases each letter that begins a word; letters, digits and underscores continue one. */
function title(source: string): string {
  return source.replace(
    /(^|[^\p{L}\p{N}_])(\p{L})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}

function trimSet(source: string, cut: string): string {
  const characters = new Set(cut);
  const points = [...source];
  let start = 0;
  let end = points.length;
  while (start < end && characters.has(points[start]!)) start += 1;
  while (end > start && characters.has(points[end - 1]!)) end -= 1;
  return points.slice(start, end).join("");
}

function indent(count: number, source: string, call: Call): Value {
  if (count < 0 || count > 10_000) throw new PlanError("the number of spaces must be from 0 to 10000.");
  call.context.budget.text(source.length + count * source.split("\n").length, call.at);
  return text(source.replaceAll("\n", `\n${" ".repeat(count)}`));
}

function substring(source: string, offset: number, length: number): string {
  const characters = graphemes(source);
  const start = offset < 0 ? Math.max(0, offset + characters.length) : offset;
  if (start >= characters.length) return "";
  return characters.slice(start, length < 0 ? undefined : start + length).join("");
}

function split(separator: string, source: string, call: Call): Value {
  const parts = separator === "" ? [...source] : source.split(separator);
  call.context.budget.collection(parts.length, call.at);
  return list(STRING, parts.map(text));
}

function join(separator: string, lists: readonly Value[], call: Call): Value {
  const parts: string[] = [];
  for (const items of lists) for (const item of itemsOf(items)) parts.push(present(item));
  const joined = parts.join(separator);
  call.context.budget.text(joined.length, call.at);
  return text(joined);
}
