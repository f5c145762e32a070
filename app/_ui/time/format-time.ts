const locale = "en-GB";

/** "18:00 CET" on the same day, "Fri 20 Nov, 18:00 CET" otherwise, with the year when it is another one. */
export function clockTime(at: Date, zone: string, now: Date): string {
  const time = part(at, zone, { hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
  return dayOf(at, zone) === dayOf(now, zone) ? time : `${calendarDay(at, zone, now)}, ${time}`;
}

/** "Fri 20 Nov", with the year when it is not this one. */
export function calendarDay(at: Date, zone: string, now: Date): string {
  const sameYear = part(at, zone, { year: "numeric" }) === part(now, zone, { year: "numeric" });
  const day = part(at, zone, { weekday: "short", day: "numeric", month: "short" }).replace(",", "");
  return sameYear ? day : `${day} ${part(at, zone, { year: "numeric" })}`;
}

/** "Fri 20 Nov" of a date that has no time, such as 2026-11-20; "20 Nov" where there is little room. */
export function dateInWords(date: string, isShort = false): string {
  const at = new Date(`${date}T12:00:00Z`);
  return part(at, "UTC", { day: "numeric", month: "short", ...(!isShort && { weekday: "short" }) }).replace(",", "");
}

/** RFC 3339 with the zone's offset, seconds precision: what is copied and shown on hover. */
export function absoluteTime(at: Date, zone: string): string {
  const offset = part(at, zone, { timeZoneName: "longOffset" }).match(/[+-]\d{2}:\d{2}/)?.[0] ?? "+00:00";
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).format(at);
  return `${parts.replace(" ", "T")}${offset === "+00:00" ? "Z" : offset}`;
}

/** "in 2 h 10 min", "4 s ago", "now". */
export function relativeTime(at: Date, now: Date): string {
  const away = at.getTime() - now.getTime();
  if (Math.abs(away) < 1000) return "now";
  return away > 0 ? `in ${duration(away)}` : `${duration(-away)} ago`;
}

const units = [
  { name: "d", ms: 86_400_000 },
  { name: "h", ms: 3_600_000 },
  { name: "min", ms: 60_000 },
  { name: "s", ms: 1000 },
] as const;

/** The two largest units: "1 min 42 s", "3 d 4 h", "800 ms". */
export function duration(ms: number): string {
  if (ms < 1000 && Math.round(ms) !== 0) return `${Math.round(ms)} ms`;
  let rest = Math.round(ms / 1000) * 1000;
  if (rest === 0) return "0 s";
  const first = units.findIndex((unit) => rest >= unit.ms);
  const shown: string[] = [];
  for (const unit of units.slice(first, first + 2)) {
    const count = Math.floor(rest / unit.ms);
    rest -= count * unit.ms;
    if (count > 0) shown.push(`${count} ${unit.name}`);
  }
  return shown.join(" ");
}

/** Minutes in words: "8 h", "1 h 30 min", "3 d". */
export function minutesInWords(minutes: number): string {
  return duration(minutes * 60_000);
}

function dayOf(at: Date, zone: string): string {
  return part(at, zone, { year: "numeric", month: "2-digit", day: "2-digit" });
}

function part(at: Date, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  return options.timeZoneName === "longOffset"
    ? (new Intl.DateTimeFormat(locale, { timeZone, ...options })
        .formatToParts(at)
        .find((p) => p.type === "timeZoneName")?.value ?? "GMT")
    : new Intl.DateTimeFormat(locale, { timeZone, hourCycle: "h23", ...options }).format(at);
}
