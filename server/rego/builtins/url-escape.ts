import { failed } from "./builtin-error.ts";
import { bytesOf, textOf } from "./byte-strings.ts";

const unreserved = /[A-Za-z0-9\-_.~]/;

/** Percent-encodes every byte that is neither unreserved nor named as kept. */
export function percentEncode(text: string, kept: string): string {
  let out = "";
  for (const byte of bytesOf(text)) {
    const character = String.fromCharCode(byte);
    const isPlain = byte < 0x80 && (unreserved.test(character) || kept.includes(character));
    out += isPlain ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return out;
}

export function percentDecode(text: string): string {
  const bytes: Buffer[] = [];
  let copied = 0;
  for (let at = text.indexOf("%"); at >= 0; at = text.indexOf("%", copied)) {
    const hex = text.slice(at + 1, at + 3);
    if (!/^[0-9a-fA-F]{2}$/.test(hex)) throw failed(`invalid URL escape ${JSON.stringify(text.slice(at, at + 3))}`);
    bytes.push(bytesOf(text.slice(copied, at)), Buffer.from(hex, "hex"));
    copied = at + 3;
  }
  return bytes.length === 0 ? text : textOf(Buffer.concat([...bytes, bytesOf(text.slice(copied))]));
}

/** Of a query: a space is `+`. */
export function encodeQuery(text: string): string {
  return percentEncode(text, " ").replaceAll(" ", "+");
}

export function decodeQuery(text: string): string {
  return percentDecode(text.replaceAll("+", " "));
}
