import { isUtf8 } from "node:buffer";

/**
 * Strings of OPA are bytes, mostly UTF-8. A byte that is no UTF-8 stands here as a lone surrogate
 * (0x80 is U+DC80), so that what decodes encodes back to the same bytes.
 */
const lone = /(?<![\ud800-\udbff])[\udc80-\udcff]/;

export function bytesOf(text: string): Buffer {
  if (!lone.test(text)) return Buffer.from(text, "utf8");
  const parts = text.split(/((?<![\ud800-\udbff])[\udc80-\udcff])/).map((part) => {
    const unit = part.charCodeAt(0);
    return part.length === 1 && unit >= 0xdc80 && unit <= 0xdcff
      ? Buffer.from([unit - 0xdc00])
      : Buffer.from(part, "utf8");
  });
  return Buffer.concat(parts);
}

/** Length of the UTF-8 sequence that a byte begins, 0 if it begins none. */
function sequenceLength(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte >= 0xc2 && byte < 0xe0) return 2;
  if (byte >= 0xe0 && byte < 0xf0) return 3;
  return byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
}

/** Asks first: a decoder that throws on each wrong byte is a hundred times slower. */
function decodedOrUndefined(bytes: Buffer): string | undefined {
  return isUtf8(bytes) ? bytes.toString("utf8") : undefined;
}

export function textOf(bytes: Buffer): string {
  const whole = decodedOrUndefined(bytes);
  if (whole !== undefined) return whole;
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] as number;
    const length = sequenceLength(byte);
    const decoded = length === 0 ? undefined : decodedOrUndefined(bytes.subarray(at, at + length));
    text += decoded ?? String.fromCharCode(0xdc00 + byte);
    at += decoded === undefined ? 1 : length;
  }
  return text;
}
