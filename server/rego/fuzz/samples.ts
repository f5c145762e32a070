import type { Random } from "./random.ts";

/** Strings that built-ins take for something: patterns, dates, networks, documents, tokens. */
const strings: readonly string[] = [
  "",
  "a",
  "b",
  "ab",
  "foo/bar",
  "a.b.c",
  "😀é\u0000",
  "%d %s %v %5.2f %[2]q %x %!",
  "^[a-z]+(x*)$",
  "(a|b)*c{2,3}",
  "[",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a group's name in a replacement.
  "$1${name}$$",
  "*.example.com",
  "{a,b[!c]}**",
  "10.0.0.0/28",
  "10.1.2.3",
  "2001:db8::/120",
  "2024-02-29T12:00:00Z",
  "2006-01-02",
  "Europe/Berlin",
  "1h30m",
  "10Mi",
  "1.5e3k",
  '{"a": [1, 2.50, null], "b": {"c": "d"}}',
  "a: [1, yes]\nb: &x {c: 1}\nd: *x",
  "aGVsbG8=",
  "a=1&b=%20",
  "https://user@example.com:8080/a%2Fb?c#d",
  "1.2.3-rc.1+meta",
  "00000000-0000-4000-8000-000000000000",
  "eyJhbGciOiJIUzI1NiJ9.e30.XmNK3GpH3Ys_7wsYBfq4C3M6goz71I7dTgUkuIa5lyQ",
  "0x1f",
  "007",
  "true",
  "set()",
];

const numbers: readonly string[] = [
  "0",
  "1",
  "2",
  "3",
  "-1",
  "10",
  "64",
  "0.1",
  "-2.5",
  "1.0",
  "1e3",
  "1e-7",
  "1e400",
  "9007199254740993",
  "-9223372036854775808",
  "123456789012345678901234567890",
  "1700000000123456789",
];

export const fieldNames: readonly string[] = ["a", "b", "c", "list", "tags", "if", "name with space", "0"];

export function randomString(random: Random): string {
  return random.pick(strings);
}

export function randomNumber(random: Random): string {
  return random.chance(0.5) ? String(random.below(20)) : random.pick(numbers);
}

/** JSON text of any shape. */
export function randomJson(random: Random, depth = 3): string {
  const kind = random.below(depth > 0 ? 8 : 5);
  if (kind < 2) return JSON.stringify(randomString(random));
  if (kind === 2) return randomNumber(random);
  if (kind < 5) return random.pick(["null", "true", "false"]);
  if (kind === 5) return `[${random.several(0, 4, () => randomJson(random, depth - 1)).join(",")}]`;
  return randomObject(random, depth - 1);
}

export function randomObject(random: Random, depth = 3): string {
  const fields = random.several(0, 5, () => `${JSON.stringify(random.pick(fieldNames))}:${randomJson(random, depth)}`);
  return `{${fields.join(",")}}`;
}
