import { RE2JS } from "re2js";
import type { BuiltinContext } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import { ENTRY } from "./cost.ts";
import { PatternCache } from "./pattern-cache.ts";

const compiled = new PatternCache((source: string) => {
  try {
    return RE2JS.compile(source);
  } catch (error) {
    throw failed(error instanceof Error ? error.message : String(error));
  }
});

const MAX_PATTERN = 10_000;

/** What one pass over a text may cost: linear, but in the length of the pattern's program too. */
export function passCost(regex: RE2JS, length: number): number {
  return 1 + Math.floor((length * regex.programSize()) / 4);
}

/** Compiles (or recalls) a pattern and pays for running it over a text. */
export function pattern(source: string, text: string, ctx: BuiltinContext): RE2JS {
  if (source.length > MAX_PATTERN) throw failed("error parsing regexp: expression too large");
  const regex = compiled.get(source);
  ctx.charge(passCost(regex, text.length));
  return regex;
}

export function isPattern(source: string): boolean {
  if (source.length > MAX_PATTERN) return false;
  try {
    compiled.get(source);
    return true;
  } catch {
    return false;
  }
}

/** Start and end of the whole match and of each group; -1 for a group that took no part. */
export type Match = readonly (readonly [start: number, end: number])[];

function runeWidth(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function groupsOf(regex: RE2JS): number {
  return regex.groupCount() + 1;
}

/** Matches from left to right as Go finds them: an empty one right behind another does not count. */
export function findAll(regex: RE2JS, text: string, limit: number, ctx: BuiltinContext): Match[] {
  const matches: Match[] = [];
  const matcher = regex.matcher(text);
  const groups = groupsOf(regex);
  let previousEnd = -1;
  for (let at = 0; at <= text.length && matches.length !== limit && matcher.find(at); ) {
    // A match may be short and yet have been looked for to the end of the text.
    ctx.charge(groups * ENTRY + Math.floor(passCost(regex, text.length - at) / 64));
    const start = matcher.start();
    const end = matcher.end();
    const isEmptyHere = end === at;
    if (!(isEmptyHere && start === previousEnd)) {
      matches.push(Array.from({ length: groups }, (_, i) => [matcher.start(i), matcher.end(i)] as const));
    }
    at = isEmptyHere ? at + runeWidth(text, at) : end;
    previousEnd = end;
  }
  return matches;
}

/** Parts of a replacement: text, or the group that stands there. */
type Part = string | { readonly group: number };

/** `$1`, `${1}`, `$name`, `$$`; an unknown group is empty, a lone `$` is itself. */
function parseReplacement(replacement: string, regex: RE2JS): Part[] {
  const named = regex.namedGroups();
  const parts: Part[] = [];
  let copied = 0;
  for (const match of replacement.matchAll(/\$(?:\$|(\w+)|\{(\w+)\})/g)) {
    parts.push(replacement.slice(copied, match.index));
    copied = match.index + match[0].length;
    const name = match[1] ?? match[2];
    if (name === undefined) parts.push("$");
    else if (/^\d+$/.test(name)) parts.push({ group: Number(name) });
    else if (Object.hasOwn(named, name)) parts.push({ group: named[name] as number });
  }
  parts.push(replacement.slice(copied));
  return parts;
}

function expand(parts: readonly Part[], text: string, match: Match): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      const [start, end] = match[part.group] ?? [-1, -1];
      return start < 0 ? "" : text.slice(start, end);
    })
    .join("");
}

export function replaceAll(regex: RE2JS, text: string, replacement: string, ctx: BuiltinContext): string {
  const parts = parseReplacement(replacement, regex);
  let out = "";
  let copied = 0;
  for (const match of findAll(regex, text, -1, ctx)) {
    const [start, end] = match[0] as readonly [number, number];
    const expanded = expand(parts, text, match);
    ctx.charge(expanded.length);
    out += text.slice(copied, start) + expanded;
    copied = end;
  }
  return out + text.slice(copied);
}

export function splitAll(regex: RE2JS, text: string, ctx: BuiltinContext): string[] {
  if (text === "" && regex.pattern() !== "") return [""];
  const parts: string[] = [];
  let from = 0;
  let cut = 0;
  for (const match of findAll(regex, text, -1, ctx)) {
    const [start, end] = match[0] as readonly [number, number];
    cut = start;
    if (end !== 0) parts.push(text.slice(from, cut));
    from = end;
  }
  if (cut !== text.length) parts.push(text.slice(from));
  return parts;
}
