/** Upper and lower case by code point, one for one, as Go maps them: `ß` stays, `Σ` at the end is `σ`. */

const ascii = /^[\0-\x7f]*$/;

/** The precomposed iota forms, whose full upper case is two letters but whose simple one is a title case. */
function simpleUpper(code: number): number {
  const low = code & 0xf;
  if (code >= 0x1f80 && code <= 0x1faf) return low < 8 ? code + 8 : code;
  return code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3 ? code + 9 : code;
}

function isSingle(text: string): boolean {
  return text.length === 1 || (text.length === 2 && (text.codePointAt(0) as number) > 0xffff);
}

export function upperCase(text: string): string {
  if (ascii.test(text)) return text.toUpperCase();
  return Array.from(text, (character) => {
    const upper = character.toUpperCase();
    return isSingle(upper) ? upper : String.fromCodePoint(simpleUpper(character.codePointAt(0) as number));
  }).join("");
}

export function lowerCase(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  return Array.from(text, (character) => {
    const lower = character.toLowerCase();
    return isSingle(lower) ? lower : (lower[0] as string);
  }).join("");
}
