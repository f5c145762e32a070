import { matchesOf } from "./reading.ts";

/** A word of a text: lower case, without plural, and where it stands. */
export type Word = { text: string; span: [number, number] };

const fillers = new Set(
  (
    "a an and any are as at be by can could create deploy do environment environments for from get give have hello hey hi i id in into is it just launch like make me my need new of on one or " +
    "our own please provision run set should so some spin start that the then there these they this to try up us use want we will with would you your only team test testing thing things something anything"
  ).split(" "),
);

/** The word without the endings that tell number or form: `databases` and `database`, `tuning` and `tune` are one. */
export function stem(word: string): string {
  const plain = withoutPlural(word.toLowerCase());
  if (plain === "kept") return "keep";
  if (plain.length > 7 && plain.endsWith("ing")) return plain.slice(0, -3);
  return plain.length > 6 && plain.endsWith("e") ? plain.slice(0, -1) : plain;
}

function withoutPlural(plain: string): string {
  if (plain.length > 4 && plain.endsWith("ies")) return `${plain.slice(0, -3)}y`;
  if (plain.length > 4 && /(?:ses|xes|ches|shes)$/.test(plain)) return plain.slice(0, -2);
  return plain.length > 3 && plain.endsWith("s") && !/(?:ss|us|is|gres)$/.test(plain) ? plain.slice(0, -1) : plain;
}

/** Every word of a text in order. */
export function wordsIn(text: string): Word[] {
  return matchesOf(text, /[\p{L}\p{N}][\p{L}\p{N}.+_-]*[\p{L}\p{N}+]|[\p{L}\p{N}]/gu).map(({ match, span }) => ({
    text: stem(match[0]),
    span,
  }));
}

/** The words that carry meaning for a search. */
export function tellingWords(text: string): Word[] {
  return wordsIn(text).filter(
    ({ text: word, span }) => !fillers.has(word) && !fillers.has(text.slice(...span).toLowerCase()),
  );
}

/** Edits (insert, delete, replace, swap of neighbours) between two words; anything above `limit` counts as more. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const swap =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? rows[i - 2]![j - 2]! + 1
          : Number.POSITIVE_INFINITY;
      row.push(Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + cost, swap));
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

/** How well a written word is meant for a known one: 1 exactly, less with a typo, 0 not at all. */
export function likeness(written: string, known: string): number {
  if (written === known) return 1;
  // Model names and versions (a100, a10g) differ by one character and mean different things.
  if (known.length < 5 || written.length < 5 || /\d/.test(known)) return 0;
  const isLong = Math.min(known.length, written.length) >= 7 && Math.abs(known.length - written.length) < 2;
  const allowed = isLong && known[0] === written[0] ? 2 : 1;
  return editDistance(written, known, allowed) <= allowed ? 0.8 : 0;
}

/** Where a phrase of one or more words stands in a text, typos forgiven in long words; undefined when it does not. */
export function findPhrase(text: Word[], phrase: string): { span: [number, number]; likeness: number } | undefined {
  const wanted = wordsIn(phrase);
  if (wanted.length === 0) return undefined;
  for (let start = 0; start + wanted.length <= text.length; start++) {
    const likenesses = wanted.map((word, offset) => likeness(text[start + offset]!.text, word.text));
    const least = Math.min(...likenesses);
    if (least > 0) return { span: [text[start]!.span[0], text[start + wanted.length - 1]!.span[1]], likeness: least };
  }
  return undefined;
}

const negations =
  /\b(?:not|no|without|never|non|nothing|avoid|except|excluding|isn't|don't|doesn't|shouldn't|must not|instead of|rather than)\W+(?:[\p{L}\p{N}'-]+\W+){0,2}$/iu;

/** Whether what stands at a place is said to be unwanted: "not public", "without a load balancer", "not the sandbox". */
export function isNegated(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 48), start);
  const sentence = before.slice(
    Math.max(
      before.lastIndexOf(","),
      before.lastIndexOf("."),
      before.lastIndexOf(";"),
      before.search(/\bbut\b(?!.*\bbut\b)/i),
    ) + 1,
  );
  return negations.test(sentence);
}
