import { failed } from "./builtin-error.ts";

const standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const urlSafe = `${standard.slice(0, 62)}-_`;

function illegal(position: number): Error {
  return failed(`illegal base64 data at input byte ${position}`);
}

/**
 * Position of the first fault of padded base64, or -1. Line breaks are skipped; whatever does not belong is
 * named by its byte, as Go does.
 */
function faultOf(text: string, alphabet: string): number {
  const isBreak = (at: number) => text[at] === "\n" || text[at] === "\r";
  let inQuantum = 0;
  let at = 0;
  for (; at < text.length; at++) {
    if (isBreak(at)) continue;
    if (text[at] === "=") break;
    if (!alphabet.includes(text[at] as string)) return at;
    inQuantum = (inQuantum + 1) % 4;
  }
  if (at === text.length) return inQuantum === 0 ? -1 : at - inQuantum;
  if (inQuantum < 2) return at;
  let next = at + 1;
  if (inQuantum === 2) {
    while (next < text.length && isBreak(next)) next++;
    if (next === text.length) return next;
    if (text[next] !== "=") return next - 1;
    next++;
  }
  while (next < text.length && isBreak(next)) next++;
  return next < text.length ? next : -1;
}

export function isBase64(text: string): boolean {
  return faultOf(text, standard) < 0;
}

export function decodeBase64(text: string): Buffer {
  const fault = faultOf(text, standard);
  if (fault >= 0) throw illegal(fault);
  return Buffer.from(text, "base64");
}

/** The padding may be missing. */
export function decodeBase64Url(text: string): Buffer {
  let padded = text;
  if (!text.endsWith("=") && text.length % 4 !== 0) {
    if (text.length % 4 === 1) throw failed(`illegal base64url string: ${text}`);
    padded = text.padEnd(text.length + 4 - (text.length % 4), "=");
  }
  const fault = faultOf(padded, urlSafe);
  if (fault >= 0) throw illegal(fault);
  return Buffer.from(padded, "base64url");
}
