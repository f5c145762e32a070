import { StringDecoder } from "node:string_decoder";
import { plainText, splitUnfinishedEscape } from "./terminal-text.ts";

/** A line longer than this is cut, and said to be. */
export const longestLine = 4_000;
const longestBuffer = 65_536;
/** More than any secret's length: what is near a cut may be half of one. */
const unsafeTail = 8_192;

/**
 * Turns a program's raw output into plain, redacted lines, whatever the borders of its chunks. Secrets are masked after
 * escape sequences are gone, so that colouring does not hide one.
 */
export function createLineReader(redact: (text: string) => string, onLine: (line: string) => void) {
  const decoder = new StringDecoder("utf8");
  let unfinished = "";
  let buffer = "";
  let skipping = false;

  const emit = (line: string) => {
    const safe = redact(line);
    onLine(safe.length > longestLine ? `${safe.slice(0, longestLine)} … [line truncated]` : safe);
  };
  const take = (text: string) => {
    const lines = (buffer + text).split("\n");
    buffer = lines.pop() ?? "";
    for (const line of lines) {
      if (!skipping) emit(line);
      skipping = false;
    }
    if (skipping) buffer = "";
    if (buffer.length <= longestBuffer) return;
    const safe = redact(buffer);
    onLine(`${safe.slice(0, Math.min(longestLine, Math.max(0, safe.length - unsafeTail)))} … [line truncated]`);
    buffer = "";
    skipping = true;
  };
  return {
    write(chunk: Buffer) {
      const [complete, rest] = splitUnfinishedEscape(unfinished + decoder.write(chunk));
      unfinished = rest;
      take(plainText(complete));
    },
    end() {
      take(plainText(unfinished + decoder.end()));
      if (buffer && !skipping) emit(buffer);
      buffer = "";
    },
  };
}
