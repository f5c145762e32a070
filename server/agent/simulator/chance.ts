import { createHash } from "node:crypto";

/** A number from 0 to 1 that is always the same for the same words. */
export function chance(...words: (string | number)[]): number {
  return digest(words).readUInt32BE(0) / 2 ** 32;
}

/** `length` characters of an alphabet, always the same for the same words. */
export function letters(alphabet: string, length: number, ...words: (string | number)[]): string {
  let text = "";
  for (let round = 0; text.length < length; round++)
    for (const byte of digest([...words, round])) text += alphabet[byte % alphabet.length];
  return text.slice(0, length);
}

export const hexDigits = "0123456789abcdef";

function digest(words: (string | number)[]): Buffer {
  return createHash("sha256").update(JSON.stringify(words)).digest();
}
