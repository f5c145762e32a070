import { type Matcher, RE2JS } from "re2js";
import { PlanError } from "#server/plan/plan-error.ts";
import { ANY, listOf, STRING } from "#server/plan/value/type.ts";
import { list, nullOf, object, text, textOf, tuple, type Value } from "#server/plan/value/value.ts";
import type { Call, FunctionTable } from "./function.ts";

/** Regular expressions run in linear time, with the syntax that Go's own engine has. */
export const patternFunctions: FunctionTable = {
  regex: {
    parameters: [STRING, STRING],
    returns: ANY,
    reads: "whole",
    apply: ([pattern, source]) => firstMatch(pattern!, source!),
  },
  regexall: {
    parameters: [STRING, STRING],
    returns: listOf(ANY),
    reads: "whole",
    apply: ([pattern, source], call) => allMatches(pattern!, source!, call),
  },
  replace: {
    parameters: [STRING, STRING, STRING],
    returns: STRING,
    reads: "whole",
    apply: ([source, search, replacement], call) => replace([source!, search!, replacement!].map(textOf), call),
  },
};

function compile(pattern: string): RE2JS {
  if (pattern.length > 5_000) throw new PlanError("the pattern is longer than 5000 characters.");
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    throw new PlanError(`the pattern is not valid: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function captures(pattern: RE2JS, matcher: Matcher): Value {
  const names = Object.entries(pattern.namedGroups());
  const group = (index: number): Value => {
    const captured = matcher.group(index);
    return captured === null || captured === undefined ? nullOf(STRING) : text(captured);
  };
  const count = pattern.groupCount();
  if (names.length > 0 && names.length < count) throw new PlanError("name all groups of the pattern, or none.");
  if (names.length > 0) return object(names.map(([name, index]) => [name, group(Number(index))] as const));
  if (count > 0) return tuple(Array.from({ length: count }, (_, index) => group(index + 1)));
  return group(0);
}

function firstMatch(pattern: Value, source: Value): Value {
  const compiled = compile(textOf(pattern));
  const matcher = compiled.matcher(textOf(source));
  if (!matcher.find()) throw new PlanError("the pattern did not match any part of the text.");
  return captures(compiled, matcher);
}

function allMatches(pattern: Value, source: Value, call: Call): Value {
  const compiled = compile(textOf(pattern));
  const matcher = compiled.matcher(textOf(source));
  const found: Value[] = [];
  while (matcher.find()) {
    found.push(captures(compiled, matcher));
    call.context.budget.step(1, call.at);
  }
  return list(found[0]?.type ?? ANY, found);
}

function replace([source = "", search = "", replacement = ""]: string[], call: Call): Value {
  const isPattern = search.length > 1 && search.startsWith("/") && search.endsWith("/");
  const result = isPattern
    ? replacePattern(source, search.slice(1, -1), replacement)
    : replaceText(source, search, replacement);
  call.context.budget.text(result.length, call.at);
  return text(result);
}

function replaceText(source: string, search: string, replacement: string): string {
  if (search !== "") return source.split(search).join(replacement);
  return [replacement, ...[...source].flatMap((character) => [character, replacement])].join("");
}

function replacePattern(source: string, search: string, replacement: string): string {
  const compiled = compile(search);
  const matcher = compiled.matcher(source);
  const names = new Map(Object.entries(compiled.namedGroups()).map(([name, index]) => [name, Number(index)]));
  let result = "";
  let end = 0;
  while (matcher.find()) {
    result +=
      source.slice(end, matcher.start(0)) + expand(replacement, matcher, { names, count: compiled.groupCount() });
    end = matcher.end(0);
  }
  return result + source.slice(end);
}

/** `$1`, `${1}` and `$name`; a bare name is as long as it can be, and one that does not exist is empty. */
function expand(
  template: string,
  matcher: Matcher,
  groups: { names: ReadonlyMap<string, number>; count: number },
): string {
  return template.replace(/\$\$|\$\{(\w+)\}|\$(\w+)/g, (all: string, braced?: string, bare?: string) => {
    if (all === "$$") return "$";
    const name = braced ?? bare ?? "";
    const index = /^\d+$/.test(name) ? Number(name) : groups.names.get(name);
    return index === undefined || index > groups.count ? "" : (matcher.group(index) ?? "");
  });
}
