import { PlanError } from "#server/plan/plan-error.ts";
import { type Timestamp, zoneText } from "./dates.ts";

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const sequencePattern = /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+|'/g;

/** Terraform's `formatdate`: repeated letters stand for parts of the time, quotes hold literal letters. */
export function formatDate(pattern: string, at: Timestamp): string {
  const local = new Date(Number((at.nanoseconds + BigInt(at.offsetMinutes) * 60_000_000_000n) / 1_000_000n));
  let result = "";
  for (const match of pattern.matchAll(sequencePattern)) {
    if (match[0] === "'") throw new PlanError("a quote in the format is never closed.");
    if (match[1] !== undefined) result += match[0] === "''" ? "'" : match[1].replaceAll("''", "'");
    else if (match[2] !== undefined) result += part(match[0], local, at);
    else result += match[0];
  }
  return result;
}

const two = (value: number): string => String(value).padStart(2, "0");

function part(sequence: string, local: Date, at: Timestamp): string {
  const hour12 = local.getUTCHours() % 12 || 12;
  const parts: Record<string, () => string> = {
    YYYY: () => String(local.getUTCFullYear()).padStart(4, "0"),
    YY: () => two(local.getUTCFullYear() % 100),
    MMMM: () => months[local.getUTCMonth()]!,
    MMM: () => months[local.getUTCMonth()]!.slice(0, 3),
    MM: () => two(local.getUTCMonth() + 1),
    M: () => String(local.getUTCMonth() + 1),
    DD: () => two(local.getUTCDate()),
    D: () => String(local.getUTCDate()),
    EEEE: () => days[local.getUTCDay()]!,
    EEE: () => days[local.getUTCDay()]!.slice(0, 3),
    hh: () => two(local.getUTCHours()),
    h: () => String(local.getUTCHours()),
    HH: () => two(hour12),
    H: () => String(hour12),
    AA: () => (local.getUTCHours() < 12 ? "AM" : "PM"),
    aa: () => (local.getUTCHours() < 12 ? "am" : "pm"),
    mm: () => two(local.getUTCMinutes()),
    m: () => String(local.getUTCMinutes()),
    ss: () => two(local.getUTCSeconds()),
    s: () => String(local.getUTCSeconds()),
    ZZZZZ: () => zoneText(at, ":").replace(/^Z$/, "+00:00"),
    ZZZZ: () => zoneText(at, ""),
    ZZZ: () => (at.offsetMinutes === 0 ? "UTC" : zoneText(at, "")),
    Z: () => zoneText(at, ":"),
  };
  const write = parts[sequence];
  if (!write)
    throw new PlanError(`"${sequence}" is not a part of a date.`, undefined, "Put literal letters in single quotes.");
  return write();
}
