import { type Clock, instantOf, minutesUntil, nextHour } from "./instant.ts";
import { digitsPattern, matchesOf, overlaps, type Reading, readingAt, readNumber, wordsPattern } from "./reading.ts";

const minutesOf: Record<string, number> = {
  minute: 1,
  min: 1,
  m: 1,
  hour: 60,
  hr: 60,
  h: 60,
  day: 1440,
  d: 1440,
  week: 10_080,
  wk: 10_080,
  w: 10_080,
  fortnight: 20_160,
  month: 43_200,
};
const long = "minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|fortnights?|months?";
const half = "\\s+and\\s+a\\s+half";
/** Digits may touch their unit and take a short one; a number in words stands apart: "and" is no day. */
const amount = `(?:(?<digits>${digitsPattern})(?<a>${half})?\\s*-?(?<short>${long}|m|h|d|w)|(?<words>${wordsPattern})(?<b>${half})?[\\s-]+(?:of\\s+)?(?:an?\\s+)?(?<long>${long}))(?![\\p{L}\\p{N}])(?<c>${half})?`;
const unnamed = amount.replace(/\?<(?:digits|a|short|words|b|long|c)>/g, "?:");
const single = new RegExp(amount, "giu");
const lengths = new RegExp(`(?<![\\p{L}\\p{N}.])${unnamed}(?:(?:\\s*,\\s*|\\s+and\\s+|\\s*)${unnamed})*`, "giu");
const iso = /(?<![\p{L}\p{N}])P(?=\d|T\d)(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?(?![\p{L}\p{N}])/gu;

/** Words around a length that make it something else than how long the environment shall run. */
const otherAfter = /^\s*(?:of\s+)?(?:backups?|retention|old|ago|logs?|history|time-?out|idle)\b/i;
const otherBefore =
  /\b(?:(?:keep(?:ing)?|kept|retain(?:ing|ed)?|stor(?:e|ing)|retention|expiry|history|backups?)(?:\s+(?:of|the|all|our|its|data|messages?|logs?|backups?|is))*(?:\s+for)?|(?:every|each|last|past|in|within|idle|time-?out)(?:\s+(?:of|for|after))?|stops?\s+(?:itself\s+)?after)\s+$/iu;

function unitOf({ groups }: RegExpExecArray): string {
  return (groups?.short ?? groups?.long ?? "").toLowerCase().replace(/(?<=..)s$/, "");
}

function minutesIn(text: string): number {
  return matchesOf(text, single).reduce((sum, { match }) => {
    const { digits, words, a, b, c } = match.groups ?? {};
    const number = (readNumber(digits ?? words ?? "") ?? 0) + (a || b || c ? 0.5 : 0);
    return sum + number * (minutesOf[unitOf(match)] ?? 0);
  }, 0);
}

/** "2 days and 4 hours" is one length; "60 days, 2 weeks" are two. */
function splitLengths(text: string): { match: string; span: [number, number] }[] {
  return matchesOf(text, lengths).flatMap(({ match, span }) => {
    const parts = matchesOf(match[0], single);
    const units = parts.map((part) => minutesOf[unitOf(part.match)] ?? 0);
    const isOne = units.every((unit, index) => index === 0 || unit < (units[index - 1] ?? 0));
    const whole = { match: match[0], span };
    if (isOne) return [whole];
    return parts.map((part): typeof whole => ({
      match: part.match[0],
      span: [span[0] + part.span[0], span[0] + part.span[1]],
    }));
  });
}

function readLengths(text: string): Reading<number>[] {
  const spoken = splitLengths(text)
    .filter(({ span: [start, end] }) => !otherAfter.test(text.slice(end)) && !isOther(text, start))
    .map(({ match, span }) => readingAt(text, Math.round(minutesIn(match)), span));
  const written = matchesOf(text, iso).map(({ match, span }) =>
    readingAt(text, Number(match[1] ?? 0) * 1440 + Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0), span),
  );
  return [...spoken, ...written].filter((reading) => reading.value > 0);
}

/** "keep it for two hours" speaks of the environment, "keep messages for two days" does not. */
function isOther(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 60), start);
  return otherBefore.test(before) && !/\b(?:keep|kept)\s+(?:it|this|that|them)\s+(?:for\s+)?$/i.test(before);
}

const until =
  /\b(?:until|till?|through|(?:gone|down|removed|over|ended|ends?|ending|terminated?|finished|done)\s+(?:at|on|by))\s+(?:about\s+|around\s+)?(?:(?:the\s+)?end\s+of\s+(?!(?:the\s+|this\s+)?(?:day|business|week|month|today)))?/giu;

function readUntil(text: string, clock: Clock): Reading<number> | undefined {
  for (const { match, span: place } of matchesOf(text, until).slice(0, 12)) {
    const rest = text.slice(place[1], place[1] + 60);
    const read = instantOf(rest, clock) ?? nextHour(rest, clock);
    const minutes = read ? minutesUntil(read.at, clock) : 0;
    if (read && minutes > 0) return readingAt(text, minutes, [match.index, place[1] + read.end]);
  }
  return undefined;
}

const lead = "(?:(?:un)?till?\\s+|for\\s+|by\\s+)?(?:the\\s+)?";
const byName: [RegExp, string][] = [
  [new RegExp(`\\b${lead}(?:end\\s+of\\s+(?:(?:the|this)\\s+)?week|eow)\\b`, "iu"), "friday"],
  [new RegExp(`\\b${lead}(?:end\\s+of\\s+(?:(?:the|this)\\s+)?(?:day|business|today)|eod|cob)\\b`, "iu"), "today"],
  [/\bover\s?night\b/iu, "tomorrow at 8:00"],
  [/\b(?:for\s+)?(?:the\s+rest\s+of\s+)?(?:this|the|to)\s?(?:day|afternoon)\b(?!\s+(?:before|after))/iu, "today"],
  [/\b(?:for\s+)?(?:this\s+morning|the\s+morning)\b/iu, "today at 12:00"],
  [/\b(?:for\s+)?(?:this\s+evening|the\s+evening|tonight)\b/iu, "today at 22:00"],
  [/\b(?:for\s+)?(?:the\s+rest\s+of\s+)?(?:this|the)\s+week\b/iu, "friday"],
  [/\b(?:over|for|during|through)\s+the\s+weekend\b/iu, "monday at 8:00"],
];

function readByName(text: string, clock: Clock): Reading<number> | undefined {
  for (const [expression, meaning] of byName) {
    const match = expression.exec(text);
    const at = match && instantOf(meaning, clock)?.at;
    const minutes = at ? minutesUntil(at, clock) : 0;
    if (match && minutes > 0) return readingAt(text, minutes, [match.index, match.index + match[0].length]);
  }
  return undefined;
}

/**
 * How long something shall run, in minutes: "for two hours", "90 min", "2h 30m", "PT36H", "until 6pm", "until Friday",
 * "overnight", in the user's zone. A length that is said with "for" is meant before one that merely occurs; what stands in
 * `taken` means something else already.
 */
export function readDuration(
  text: string,
  clock: Clock,
  taken: readonly [number, number][] = [],
): Reading<number> | undefined {
  const found = readLengths(text).filter(({ span }) => !taken.some((other) => overlaps(other, span)));
  const meant = found.find(({ span: [start] }) =>
    /\b(?:for|lasting|during|about|around|approximately|only|next|another)\s+(?:the\s+)?(?:next\s+)?$/iu.test(
      text.slice(0, start),
    ),
  );
  return meant ?? readUntil(text, clock) ?? found[0] ?? readByName(text, clock);
}

const endless =
  /\b(?:no\s+end(?:\s+date)?|without\s+(?:an\s+)?end|always[\s-]on|permanent(?:ly)?|forever|indefinitely|never\s+ends?)\b/iu;

/** Whether no end is asked for. */
export function readEndless(text: string): Reading<null> | undefined {
  const match = endless.exec(text);
  return match ? readingAt(text, null, [match.index, match.index + match[0].length]) : undefined;
}
