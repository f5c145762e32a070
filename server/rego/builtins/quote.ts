/** Go string and character literals, as strconv.Quote writes them. */

const escapes: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
};

const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

function escaped(character: string, quote: string, isAscii: boolean): string {
  if (character === quote) return `\\${quote}`;
  const known = escapes[character];
  if (known !== undefined) return known;
  const code = character.codePointAt(0) as number;
  if (printable.test(character) && !(isAscii && code > 0x7e)) return character;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}

export function quoted(text: string, isAscii = false): string {
  return `"${Array.from(text, (character) => escaped(character, '"', isAscii)).join("")}"`;
}

export function quotedCharacter(character: string, isAscii: boolean): string {
  return `'${escaped(character, "'", isAscii)}'`;
}
