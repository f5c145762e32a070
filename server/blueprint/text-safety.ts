import { limits } from "./limits.ts";
import type { Finding } from "./report.ts";

type Unsafe = Finding & { offset: number };

/** Decodes a file of a blueprint. Ill-formed UTF-8 is refused, never repaired. */
export function decodeText(bytes: Uint8Array): { text: string } | { finding: Finding } {
  if (bytes.length > limits.fileBytes) return { finding: tooLarge(bytes.length) };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return {
      finding: {
        code: "BP_NOT_UTF8",
        message: `The file is not valid UTF-8 (byte ${firstIllFormedByte(bytes)}).`,
        remedy: "Save the file as UTF-8 without a byte order mark.",
      },
    };
  }
}

export function tooLarge(bytes: number): Finding {
  return {
    code: "BP_TOO_LARGE",
    message: `The file's size is ${bytes} bytes; the limit is ${limits.fileBytes}.`,
    remedy: "Move long texts and grain sources into files of their own.",
  };
}

function firstIllFormedByte(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      low = middle;
    } catch {
      high = middle - 1;
    }
  }
  return low;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;
const bidirectional = /[\u202a-\u202e\u2066-\u2069]/;

/** The first character that could make a text read other than it is. */
export function findUnsafeCharacter(text: string): Unsafe | null {
  const found = control.exec(text) ?? bidirectional.exec(text);
  if (!found) return null;
  const point = codePoint(found[0]);
  const kind = bidirectional.test(found[0]) ? "bidirectional control character" : "control character";
  const name = found[0] === "\0" ? `NUL ${kind}` : kind;
  return {
    code: "BP_CONTROL_CHARACTER",
    offset: found.index,
    message: `The text holds a ${name} (${point}).`,
    remedy: "Remove the character; it is not shown as it acts.",
  };
}

export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** A text with everything but printable ASCII spelled as code points, for messages about look-alikes. */
export function spellOut(text: string): string {
  const short = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  return short.replace(/[^\x20-\x7e…]/gu, (character) => `<${codePoint(character)}>`);
}
