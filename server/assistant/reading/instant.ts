import * as chrono from "chrono-node";

/** When something is said, and in whose zone. */
export type Clock = { now: Date; timeZone: string };

/** An instant, and where in the text the words for it end. */
type Instant = { at: Date; end: number };

const endOfWork = 18;
const dayMs = 86_400_000;

export function minutesUntil(at: Date, { now }: Clock): number {
  return Math.round((at.getTime() - now.getTime()) / 60_000);
}

/** Minutes that a zone is ahead of UTC at an instant. */
function offsetOf(zone: string, at: Date): number {
  const name = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" })
    .formatToParts(at)
    .find((part) => part.type === "timeZoneName")?.value;
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name ?? "") ?? [];
  return sign ? (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0;
}

/** The instant at which a zone's clocks show the date of `day` and an hour; 24 is the midnight that ends it. */
function atHour(day: Date, hour: number, zone: string): Date {
  const [year = 0, month = 1, date = 1] = new Intl.DateTimeFormat("en-CA", { timeZone: zone })
    .format(day)
    .split("-")
    .map(Number);
  const wall = Date.UTC(year, month - 1, date, hour);
  const guess = new Date(wall - offsetOf(zone, new Date(wall)) * 60_000);
  return new Date(wall - offsetOf(zone, guess) * 60_000);
}

/** A day without an hour ends with the working day; after that, today ends at midnight and a weekday is the next one. */
function endOfDay(day: Date, clock: Clock, isWeekday: boolean): Date {
  const at = atHour(day, endOfWork, clock.timeZone);
  if (at > clock.now) return at;
  return isWeekday
    ? atHour(new Date(day.getTime() + 7 * dayMs), endOfWork, clock.timeZone)
    : atHour(day, 24, clock.timeZone);
}

/** The instant of a wall-clock expression in the user's zone; the change between summer and winter time is minded. */
export function instantOf(words: string, clock: Clock): Instant | undefined {
  const here = offsetOf(clock.timeZone, clock.now);
  const [first] = chrono.parse(words, { instant: clock.now, timezone: here }, { forwardDate: true });
  if (!first || first.index > 12) return undefined;
  const guess = first.start.date();
  const end = first.index + first.text.length;
  const shift = first.start.isCertain("timezoneOffset") ? 0 : here - offsetOf(clock.timeZone, guess);
  const at = new Date(guess.getTime() + shift * 60_000);
  if (first.start.isCertain("hour")) {
    const isPast = at <= clock.now && !first.start.isCertain("day") && !first.start.isCertain("weekday");
    return { at: isPast ? new Date(at.getTime() + dayMs) : at, end };
  }
  if (/night|evening/i.test(first.text)) return { at, end };
  const isToday = first.start.isCertain("weekday") && !first.start.isCertain("day") && isSameWeekday(at, clock);
  return { at: endOfDay(isToday ? clock.now : at, clock, first.start.isCertain("weekday")), end };
}

/** "until Friday" on a Friday means that very day. */
function isSameWeekday(at: Date, { now, timeZone }: Clock): boolean {
  const name = (date: Date) => new Intl.DateTimeFormat("en-US", { timeZone, weekday: "short" }).format(date);
  return name(at) === name(now) && at.getTime() - now.getTime() < 7.5 * dayMs;
}

/** A bare hour, "until 6": the next time a clock with hands shows it. */
export function nextHour(words: string, clock: Clock): Instant | undefined {
  const match = /^(\d{1,2})(?![\d:.,/-]|\s*(?:\p{L}{3,}|[ap]m?\b|%|°))/u.exec(words);
  const hour = Number(match?.[1] ?? 99);
  if (!match || hour > 24 || hour < 1) return undefined;
  const hours = hour <= 12 ? [hour, hour + 12] : [hour];
  const times = [clock.now, new Date(clock.now.getTime() + dayMs)].flatMap((day) =>
    hours.map((at) => atHour(day, at, clock.timeZone)),
  );
  const at = times.find((time) => time > clock.now);
  return at && { at, end: match[0].length };
}
