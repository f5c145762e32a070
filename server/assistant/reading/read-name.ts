import { matchesOf, type Reading, readingAt } from "./reading.ts";

const quoted = /["“„«]([^"”“»\n]{1,80})["”»]|(?<=\s|^)'([^'\n]{1,80})'(?=\s|[.,;!?]|$)/gu;

/** Texts that stand in quotation marks; the span is of the text inside. */
export function readQuoted(text: string): Reading<string>[] {
  return matchesOf(text, quoted).map(({ match, span }) => {
    const inside = match[1] ?? match[2] ?? "";
    const start = span[0] + match[0].indexOf(inside);
    return readingAt(text, inside, [start, start + inside.length]);
  });
}

/** The name an environment is given: "called shop", "named 'shop test'", "name it shop". */
export function readName(text: string): Reading<string> | undefined {
  const [call] = matchesOf(text, /\b(?:called|named|name(?:\s+is|\s+it|:)|call\s+it)\s+/giu);
  if (!call) return undefined;
  const start = call.span[1];
  const inQuotes = readQuoted(text).find(({ span }) => span[0] - start <= 1 && span[0] >= start);
  if (inQuotes) return inQuotes;
  const word = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,62}[\p{L}\p{N}]|^[\p{L}\p{N}]/u.exec(text.slice(start));
  return word ? readingAt(text, word[0], [start, start + word[0].length]) : undefined;
}
