import { extremeModule } from "./extremes.ts";
import type { Random } from "./random.ts";
import { functionRule, rules } from "./rules.ts";
import type { Scope } from "./terms.ts";

const names = ["p", "q", "r", "s", "t", "u"] as const;

/** Sources that belong together, most of which compile. */
export function randomModules(random: Random): string[] {
  if (random.chance(0.01)) return [extremeModule(random)];
  const isV1 = random.chance(0.7);
  const functions = random.several(0, 2, (i) => ({ name: `f${i}`, arity: 1 + random.below(2) }));
  const scope: Scope = { random, isV1, variables: [], rules: [], functions: [] };
  const parts: string[] = functions.map(({ name, arity }) => functionRule(scope, name, arity));
  const count = 1 + random.below(random.chance(0.3) ? names.length : 3);
  for (let i = 0; i < count; i++) {
    const later = names.slice(i + 1, count);
    // Now and then any rule at all, so that recursion is met too.
    const known = random.chance(0.005) ? names.slice(0, count) : later;
    const references = known.flatMap((name) => [name, `data.fuzz.${name}`]);
    parts.push(...rules({ ...scope, functions, rules: references }, names[i] as string));
  }
  const header = isV1 ? "package fuzz" : "package fuzz\n\nimport future.keywords.in\nimport future.keywords.every";
  if (!random.chance(0.2)) return [[header, ...parts].join("\n\n")];
  const half = parts.length >> 1;
  return [parts.slice(0, half), parts.slice(half)].map((part) => [header, ...part].join("\n\n"));
}

const tokens = [
  "{",
  "}",
  "[",
  "]",
  "(",
  ")",
  ":=",
  "=",
  "with",
  "as",
  "some",
  "every",
  "in",
  "not",
  "else",
  "default",
  "if",
];
const more = [
  "contains",
  "package",
  "import",
  "|",
  ";",
  ",",
  ".",
  "_",
  '"',
  "`",
  "$",
  "\\",
  "#",
  "\n",
  "\0",
  "😀",
  "1e",
  "-",
];

/** Damages a source: deletes, doubles, moves or inserts. */
export function mutate(random: Random, source: string): string {
  const at = random.below(source.length + 1);
  const length = random.below(random.chance(0.3) ? 60 : 6);
  const piece = source.slice(at, at + length);
  switch (random.below(5)) {
    case 0:
      return source.slice(0, at) + source.slice(at + length);
    case 1:
      return source.slice(0, at) + piece.repeat(1 + random.below(4)) + source.slice(at);
    case 2: {
      const to = random.below(source.length + 1);
      return source.slice(0, to) + piece + source.slice(to);
    }
    case 3:
      return source.slice(0, at) + String.fromCharCode(random.below(0x250)) + source.slice(at + 1);
    default:
      return `${source.slice(0, at)} ${random.pick([...tokens, ...more])} ${source.slice(at)}`;
  }
}
