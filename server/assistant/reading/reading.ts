/** Something read in a text: the value, the words that say it, and where they stand (UTF-16 units). */
export type Reading<T> = { value: T; quote: string; span: [number, number] };

export function readingAt<T>(text: string, value: T, [start, end]: [number, number]): Reading<T> {
  return { value, quote: text.slice(start, end), span: [start, end] };
}

/** All matches of a global expression, each with its span. */
export function matchesOf(text: string, expression: RegExp): { match: RegExpExecArray; span: [number, number] }[] {
  return [...text.matchAll(expression)].map((match) => ({
    match: match as RegExpExecArray,
    span: [match.index, match.index + match[0].length],
  }));
}

export function overlaps(a: [number, number], b: [number, number]): boolean {
  return a[0] < b[1] && b[0] < a[1];
}

const units: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  sixteen: 16,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  hundred: 100,
  dozen: 12,
  couple: 2,
  half: 0.5,
  single: 1,
};

/** Sources of expressions that match a number in digits, in words, in either. */
export const digitsPattern = "\\d+(?:[.,]\\d+)?";
export const wordsPattern = `(?:${Object.keys(units)
  .sort((a, b) => b.length - a.length)
  .join("|")})`;
export const numberPattern = `(?:${digitsPattern}|${wordsPattern})`;

/** The number that digits or a word stand for. */
export function readNumber(text: string): number | undefined {
  const word = units[text.toLowerCase()];
  if (word !== undefined) return word;
  const number = Number(text.replace(",", "."));
  return Number.isFinite(number) ? number : undefined;
}
