import { matchesOf, numberPattern, type Reading, readingAt, readNumber } from "./reading.ts";

const gigabytes: Record<string, number> = {
  gb: 1,
  gib: 1,
  g: 1,
  gig: 1,
  gigabyte: 1,
  tb: 1024,
  tib: 1024,
  terabyte: 1024,
};
const sizes = new RegExp(
  `(?<![\\p{L}\\p{N}.])(${numberPattern})\\s*-?(gb|gib|gigs?|gigabytes?|tb|tib|terabytes?)(?![\\p{L}\\p{N}])`,
  "giu",
);

/** Sizes in a text, in GB. */
export function readSizes(text: string): Reading<number>[] {
  return matchesOf(text, sizes).flatMap(({ match, span }) => {
    const number = readNumber(match[1] ?? "");
    const factor = gigabytes[(match[2] ?? "").toLowerCase().replace(/s$/, "")];
    return number === undefined || factor === undefined ? [] : [readingAt(text, number * factor, span)];
  });
}

const counts = new RegExp(
  `(?<![\\p{L}\\p{N}.-])((?!an?\\b)${numberPattern})\\s+(?:of\\s+)?((?:[\\p{L}-]+\\s+){0,2}?)([\\p{L}-]{3,})`,
  "giu",
);

/** Numbers with the thing they count: "three small nodes" counts nodes. */
export function readCounts(text: string): Reading<{ number: number; thing: string }>[] {
  return matchesOf(text, counts).flatMap(({ match, span }) => {
    const number = readNumber(match[1] ?? "");
    if (number === undefined || !Number.isInteger(number)) return [];
    const words = `${match[2] ?? ""}${match[3] ?? ""}`.trim().toLowerCase();
    return [readingAt(text, { number, thing: words }, span)];
  });
}

/** A plain number near the word that says what it is: "port 8080", "8080 as port", "version 16". */
export function readNumberNear(text: string, word: { span: [number, number] }): Reading<number> | undefined {
  const after = /^[\s(#-]{0,3}(?:is|of|=|:|to)?\s*(\d+(?:\.\d+)?)/iu.exec(text.slice(word.span[1]));
  if (after) return readingAt(text, Number(after[1]), [word.span[0], word.span[1] + after[0].length]);
  const before = new RegExp(`(${numberPattern})\\s+$`, "iu").exec(text.slice(0, word.span[0]));
  const number = before ? readNumber(before[1] ?? "") : undefined;
  return before && number !== undefined && !/^an?$/i.test(before[1] ?? "")
    ? readingAt(text, number, [before.index, word.span[1]])
    : undefined;
}
