import { RE2JS } from "re2js";
import { limits } from "./limits.ts";

const compiled = new Map<string, RE2JS>();

/**
 * Compiles an input's pattern for an engine whose time is linear in the value. Throws with the reason when the engine
 * cannot (back-references, look-around, bad syntax).
 */
export function compilePattern(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known) return known;
  if (pattern.length > limits.patternLength) throw new Error(`it is longer than ${limits.patternLength} characters`);
  const machine = RE2JS.compile(tolerate(pattern));
  if (compiled.size > 1_000) compiled.clear();
  compiled.set(pattern, machine);
  return machine;
}

/** Whether the pattern is found in the value, as the format means it: unanchored. */
export function matchesPattern(pattern: string, value: string): boolean {
  return value.length <= limits.valueLength && compilePattern(pattern).matcher(value).find();
}

/** The format's own e-mail example has `[\w-\.]`: a hyphen after a class is meant literally. */
function tolerate(pattern: string): string {
  return pattern.replace(/(\\[wdsWDS])-(?=[^\]])/g, "$1\\-");
}
