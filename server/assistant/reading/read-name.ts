import { matchesOf, type Reading, readingAt } from "./reading.ts";

const pairs = ['""', "``", "“”", "„“", "„”", "«»", "»«"];
const inside = pairs.map(([open, close]) => `${open}([^${open}${close}\\n]{1,80})${close}`);
const quoted = new RegExp(`${inside.join("|")}|(?<=\\s|^)'([^'\\n]{1,80})'(?=\\s|[.,;!?]|$)`, "gu");

/** Texts that stand in quotation marks; the span is of the text inside. */
export function readQuoted(text: string): Reading<string>[] {
  return matchesOf(text, quoted).map(({ match, span }) => {
    const words = match[0].slice(1, -1);
    return readingAt(text, words, [span[0] + 1, span[1] - 1]);
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
