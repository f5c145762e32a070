import { PlanError } from "#server/plan/plan-error.ts";
import { NUMBER, STRING } from "#server/plan/value/type.ts";
import { number, text, textOf } from "#server/plan/value/value.ts";
import { formatDate } from "./format-date.ts";
import type { FunctionTable } from "./function.ts";

export const dateFunctions: FunctionTable = {
  formatdate: {
    parameters: [STRING, STRING],
    returns: STRING,
    reads: "whole",
    apply: ([pattern, at]) => text(formatDate(textOf(pattern!), parseTimestamp(textOf(at!)))),
  },
  timeadd: {
    parameters: [STRING, STRING],
    returns: STRING,
    reads: "whole",
    apply: ([at, duration]) => text(addTime(textOf(at!), textOf(duration!))),
  },
  timecmp: {
    parameters: [STRING, STRING],
    returns: NUMBER,
    reads: "whole",
    apply: ([left, right]) => number(compareTimes(parseTimestamp(textOf(left!)), parseTimestamp(textOf(right!)))),
  },
};

/** A moment with the offset it was written in, so that it can be written back the same way. */
export type Timestamp = { nanoseconds: bigint; offsetMinutes: number; isUtc: boolean };

const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

function parseTimestamp(source: string): Timestamp {
  const match = pattern.exec(source);
  if (!match) throw new PlanError(`"${source}" is not a timestamp of RFC 3339, like 2026-01-31T08:00:00Z.`);
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const milliseconds = Date.UTC(year, month - 1, day, hour, minute, second);
  const isReal =
    new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day &&
    month <= 12 &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!isReal) throw new PlanError(`"${source}" does not exist in the calendar.`);
  const zone = match[8]!;
  const offsetMinutes =
    zone === "Z" ? 0 : Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4)));
  const fraction = BigInt((match[7] ?? "").padEnd(9, "0"));
  return {
    nanoseconds: BigInt(milliseconds - offsetMinutes * 60_000) * 1_000_000n + fraction,
    offsetMinutes,
    isUtc: zone === "Z",
  };
}

function compareTimes(left: Timestamp, right: Timestamp): number {
  return left.nanoseconds < right.nanoseconds ? -1 : left.nanoseconds > right.nanoseconds ? 1 : 0;
}

const unitNanoseconds: Record<string, number> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 6e10,
  h: 3.6e12,
};

function addTime(source: string, duration: string): string {
  const at = parseTimestamp(source);
  return writeTimestamp({ ...at, nanoseconds: at.nanoseconds + parseDuration(duration) });
}

function parseDuration(source: string): bigint {
  const body = source.replace(/^[+-]/, "");
  if (body === "0") return 0n;
  const parts = [...body.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join("") !== body || body.length > 100)
    throw new PlanError(`"${source}" is not a duration, like 1h30m.`);
  let total = 0n;
  for (const [, amount = "0", unit = "s"] of parts) {
    const [whole = "", fraction = ""] = amount.split(".");
    total += BigInt(whole || "0") * BigInt(unitNanoseconds[unit]!);
    if (fraction !== "") total += (BigInt(fraction) * BigInt(unitNanoseconds[unit]!)) / 10n ** BigInt(fraction.length);
  }
  return source.startsWith("-") ? -total : total;
}

function writeTimestamp(at: Timestamp): string {
  const local = at.nanoseconds + BigInt(at.offsetMinutes) * 60_000_000_000n;
  const moment = new Date(Number(local / 1_000_000n));
  if (Number.isNaN(moment.getTime())) throw new PlanError("the resulting time is out of range.");
  return moment.toISOString().replace(/\.\d+Z$/, "") + zoneText(at, ":");
}

export function zoneText(at: Timestamp, separator: string): string {
  if (at.isUtc || at.offsetMinutes === 0) return separator === ":" ? "Z" : `+00${separator}00`;
  const magnitude = Math.abs(at.offsetMinutes);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.offsetMinutes < 0 ? "-" : "+"}${two(Math.floor(magnitude / 60))}${separator}${two(magnitude % 60)}`;
}
