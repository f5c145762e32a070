import * as chrono from "chrono-node";
import { matchesOf, numberPattern, type Reading, readingAt, readNumber } from "./reading.ts";

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
  month: 43_200,
};
const unit = "(?:minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w|months?)";
const amount = `(${numberPattern})(?:\\s+and\\s+a\\s+half)?\\s*(?:an?\\s+|of\\s+(?:an?\\s+)?)?-?(${unit})(?![\\p{L}\\p{N}])`;
const single = new RegExp(amount, "giu");
const span = new RegExp(`(?<![\\p{L}\\p{N}.])${amount}(?:(?:\\s*,\\s*|\\s+and\\s+|\\s*)${amount})*`, "giu");

/** Words after a length that make it something else than how long the environment shall run. */
const otherMeaning = /^\s*(?:of\s+)?(?:backups?|retention|old|ago|logs?|history|timeout)\b/i;

function minutesIn(text: string): number {
  return matchesOf(text, single).reduce((sum, { match }) => {
    const number = readNumber(match[1] ?? "") ?? 0;
    const half = /and\s+a\s+half/i.test(match[0]) ? 0.5 : 0;
    const name = (match[2] ?? "").toLowerCase().replace(/s$/, "") || "m";
    return sum + (number + half) * (minutesOf[name] ?? minutesOf[name.slice(0, 1)] ?? 0);
  }, 0);
}

/** Minutes that a zone is ahead of UTC at an instant. */
function offsetOf(zone: string, at: Date): number {
  const name = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" })
    .formatToParts(at)
    .find((part) => part.type === "timeZoneName")?.value;
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name ?? "") ?? [];
  return sign ? (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0;
}

type Clock = { now: Date; timeZone: string };

/** The instant of a wall-clock expression in the user's zone; the change between summer and winter time is minded. */
function instantOf(words: string, { now, timeZone }: Clock): { at: Date; end: number } | undefined {
  const here = offsetOf(timeZone, now);
  const [first] = chrono.parse(words, { instant: now, timezone: here }, { forwardDate: true });
  if (!first || first.index > 12) return undefined;
  const guess = first.start.date();
  const at = new Date(guess.getTime() + (here - offsetOf(timeZone, guess)) * 60_000);
  const hasHour = first.start.isCertain("hour");
  // A day without an hour ends with the working day.
  const evening = hasHour ? at : new Date(at.getTime() + (18 - hourIn(at, timeZone)) * 3_600_000);
  return { at: evening, end: first.index + first.text.length };
}

function hourIn(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "numeric",
    minute: "numeric",
    hour12: false,
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((item) => item.type === type)?.value ?? 0);
  return (part("hour") % 24) + part("minute") / 60;
}

function readUntil(text: string, clock: Clock): Reading<number> | undefined {
  for (const { match, span: place } of matchesOf(
    text,
    /\b(?:until|till|til|through|up to|ends?(?:\s+(?:at|on|by))?|by)\s+(?:the\s+end\s+of\s+)?/giu,
  )) {
    const read = instantOf(text.slice(place[1], place[1] + 60), clock);
    const minutes = read ? Math.round((read.at.getTime() - clock.now.getTime()) / 60_000) : 0;
    if (read && minutes > 0) return readingAt(text, minutes, [match.index, place[1] + read.end]);
  }
  return undefined;
}

const byName: [RegExp, string][] = [
  [/\bover\s?night\b/iu, "tomorrow at 8:00"],
  [/\b(?:for\s+)?(?:the\s+rest\s+of\s+)?(?:the|to)day\b(?!\s+(?:before|after))/iu, "today at 18:00"],
  [/\b(?:for\s+)?(?:the\s+rest\s+of\s+)?(?:this|the)\s+week\b/iu, "friday at 18:00"],
  [/\bover\s+the\s+weekend\b/iu, "monday at 8:00"],
];

function readByName(text: string, clock: Clock): Reading<number> | undefined {
  for (const [expression, meaning] of byName) {
    const match = expression.exec(text);
    const at = match && instantOf(meaning, clock)?.at;
    const minutes = at ? Math.round((at.getTime() - clock.now.getTime()) / 60_000) : 0;
    if (match && minutes > 0) return readingAt(text, minutes, [match.index, match.index + match[0].length]);
  }
  return undefined;
}

/**
 * How long something shall run, in minutes: "for two hours", "90 min", "2h 30m", "until 6pm", "until Friday", "overnight", in the
 * user's zone. A length that is said with "for" is meant before one that merely occurs.
 */
export function readDuration(text: string, clock: Clock): Reading<number> | undefined {
  const lengths = matchesOf(text, span)
    .filter(({ span: [, end] }) => !otherMeaning.test(text.slice(end)))
    .map(({ match, span: place }) => readingAt(text, Math.round(minutesIn(match[0])), place))
    .filter((reading) => reading.value > 0);
  const meant = lengths.find(({ span: [start] }) =>
    /\b(?:for|lasting|during|about|around|approximately|only|next|another)\s+$/iu.test(text.slice(0, start)),
  );
  return meant ?? readUntil(text, clock) ?? lengths[0] ?? readByName(text, clock);
}

const endless =
  /\b(?:no\s+end(?:\s+date)?|without\s+(?:an\s+)?end|always[\s-]on|permanent(?:ly)?|forever|indefinitely|never\s+ends?)\b/iu;

/** Whether no end is asked for. */
export function readEndless(text: string): Reading<null> | undefined {
  const match = endless.exec(text);
  return match ? readingAt(text, null, [match.index, match.index + match[0].length]) : undefined;
}
