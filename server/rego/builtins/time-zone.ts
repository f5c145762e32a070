import { failed } from "./builtin-error.ts";
import { secondsFromCivil } from "./calendar.ts";
import { PatternCache } from "./pattern-cache.ts";

export interface Zone {
  readonly name: string;
  /** Seconds east of Greenwich at an instant. */
  offsetAt(seconds: number): number;
  /** As the zone calls itself at an instant: `CET`. */
  abbreviationAt(seconds: number): string;
}

export const utc: Zone = { name: "UTC", offsetAt: () => 0, abbreviationAt: () => "UTC" };

function formatterOf(name: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
}

function offsetAt(formatter: Intl.DateTimeFormat, seconds: number): number {
  const parts = new Map(formatter.formatToParts(seconds * 1000).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const local = secondsFromCivil({
    year: part("year"),
    month: part("month"),
    day: part("day"),
    hour: part("hour"),
    minute: part("minute"),
    second: part("second"),
  });
  return local - seconds;
}

/** Each region knows the short names of its own zones; elsewhere there is only the offset. */
const locales = ["en-US", "en-GB", "en-AU", "en-IN", "en-ZA", "en-NZ"];

function abbreviationAt(name: string, seconds: number, offset: number): string {
  for (const locale of locales) {
    const formatter = new Intl.DateTimeFormat(locale, { timeZone: name, timeZoneName: "short" });
    const short = formatter.formatToParts(seconds * 1000).find((part) => part.type === "timeZoneName")?.value;
    if (short && /^[A-Z]{3,5}$/.test(short)) return short;
  }
  const minutes = Math.abs(Math.trunc(offset / 60));
  const text = String(Math.floor(minutes / 60)).padStart(2, "0");
  const rest = minutes % 60 === 0 ? "" : String(minutes % 60).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${text}${rest}`;
}

const zones = new PatternCache<Zone>((name) => {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(name)) throw failed(`unknown time zone ${name}`);
  let formatter: Intl.DateTimeFormat;
  try {
    formatter = formatterOf(name);
  } catch {
    throw failed(`unknown time zone ${name}`);
  }
  return {
    name,
    offsetAt: (seconds) => offsetAt(formatter, seconds),
    abbreviationAt: (seconds) => abbreviationAt(name, seconds, offsetAt(formatter, seconds)),
  };
});

/** An IANA zone; the empty name is UTC. */
export function findZone(name: string): Zone {
  return name === "" || name === "UTC" ? utc : zones.get(name);
}

/** The instant at which a zone's clocks show these seconds, where they do; else one beside the gap. */
export function instantOf(localSeconds: number, zone: Zone): number {
  const offset = zone.offsetAt(localSeconds);
  if (offset === 0) return localSeconds;
  return localSeconds - zone.offsetAt(localSeconds - offset);
}
