import { fromBigInt, toBigInt } from "#server/rego/values/number.ts";
import { isArray, isNumber, type NumberValue, type Value } from "#server/rego/values/value.ts";
import type { Builtin, BuiltinContext } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import { type Civil, civilFromSeconds, daysInMonth, secondsFromCivil, weekday, weekdayNames } from "./calendar.ts";
import { parseDuration } from "./duration.ts";
import { formatTime } from "./format-time.ts";
import { findLayout } from "./go-layout.ts";
import { integerOperand, operand, stringOperand, wrongType } from "./operands.ts";
import { parseTime } from "./parse-time.ts";
import { findZone, instantOf, utc, type Zone } from "./time-zone.ts";
import { array, arrayOf, number, oneOf, string, tupleOf } from "./type-spec.ts";

const NS = 1_000_000_000n;
const MAX_NS = 2n ** 63n - 1n;
const MIN_NS = -(2n ** 63n);

interface Instant {
  readonly seconds: number;
  readonly nanosecond: number;
  readonly zone: Zone;
  readonly layout: string;
}

function timestamp(value: NumberValue): { seconds: number; nanosecond: number } {
  const ns = toBigInt(value);
  if (ns === undefined || ns > MAX_NS || ns < MIN_NS) throw failed("timestamp too big");
  const nanosecond = ((ns % NS) + NS) % NS;
  return { seconds: Number((ns - nanosecond) / NS), nanosecond: Number(nanosecond) };
}

function textElement(value: Value | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "string") return value;
  throw wrongType(0, value, "string");
}

/** Nanoseconds, or `[nanoseconds, zone, layout]`; errors name the first operand, as OPA's do. */
function instantOperand(args: readonly Value[], index: number, ctx: BuiltinContext): Instant {
  const value = operand(args, index);
  if (isNumber(value)) return { ...timestamp(value), zone: utc, layout: "" };
  if (!isArray(value) || value.length === 0) {
    throw wrongType(0, value, "either number (ns) or [number (ns), string (tz)]");
  }
  const [ns, zoneName, layout] = value as [Value, Value?, Value?];
  if (!isNumber(ns)) throw wrongType(0, ns, "number");
  const name = textElement(zoneName);
  const zone = findZone(name === "Local" ? ctx.timeZone : name);
  const layoutText = textElement(layout);
  return { ...timestamp(ns), zone, layout: layoutText };
}

function localSeconds({ seconds, zone }: Instant): number {
  return seconds + zone.offsetAt(seconds);
}

function civilOf(instant: Instant): Civil {
  return civilFromSeconds(localSeconds(instant), instant.nanosecond);
}

function inRange(ns: bigint): Value {
  if (ns > MAX_NS || ns < MIN_NS) throw failed("time outside of valid range");
  return fromBigInt(ns);
}

function format(instant: Instant): string {
  const offset = instant.zone.offsetAt(instant.seconds);
  const layout = findLayout(instant.layout === "" ? "RFC3339Nano" : instant.layout);
  const abbreviation = layout.includes("MST") ? instant.zone.abbreviationAt(instant.seconds) : "";
  return formatTime({ civil: civilOf(instant), localSeconds: localSeconds(instant), offset, abbreviation }, layout);
}

const MAX_DATE_PART = 10_000_000;

function addDate(instant: Instant, [years, months, days]: readonly [number, number, number]): Value {
  if ([years, months, days].some((part) => Math.abs(part) > MAX_DATE_PART)) throw failed("time outside of valid range");
  const civil = civilOf(instant);
  const moved = { ...civil, year: civil.year + years, month: civil.month + months, day: civil.day + days };
  const shifted = secondsFromCivil(moved);
  if (!Number.isFinite(shifted)) throw failed("time outside of valid range");
  const seconds = Math.abs(shifted) > 2e10 ? shifted : instantOf(shifted, instant.zone);
  return inRange(BigInt(seconds) * NS + BigInt(instant.nanosecond));
}

function isLater(a: Instant, b: Instant): boolean {
  return a.seconds > b.seconds || (a.seconds === b.seconds && a.nanosecond > b.nanosecond);
}

/** Years, months, days, hours, minutes and seconds between two instants, by the calendar of the first's zone. */
function difference(one: Instant, other: Instant): Value {
  const second = { ...other, zone: one.zone };
  const [from, to] = (isLater(one, second) ? [second, one] : [one, second]).map(civilOf) as [Civil, Civil];
  let seconds = to.second - from.second;
  let minutes = to.minute - from.minute;
  let hours = to.hour - from.hour;
  let days = to.day - from.day;
  let months = to.month - from.month;
  let years = to.year - from.year;
  if (seconds < 0) [seconds, minutes] = [seconds + 60, minutes - 1];
  if (minutes < 0) [minutes, hours] = [minutes + 60, hours - 1];
  if (hours < 0) [hours, days] = [hours + 24, days - 1];
  if (days < 0) [days, months] = [days + daysInMonth(from.year, from.month), months - 1];
  if (months < 0) [months, years] = [months + 12, years - 1];
  return [years, months, days, hours, minutes, seconds];
}

const instantType = oneOf(number, array);
const threeNumbers = tupleOf(number, number, number);

export const times: readonly Builtin[] = [
  {
    name: "time.now_ns",
    params: [],
    result: number,
    deterministic: false,
    call: (_args, ctx) => fromBigInt(ctx.nowNs),
  },
  {
    name: "time.parse_ns",
    params: [string, string],
    result: number,
    call: (args) => {
      const layout = stringOperand(args, 0);
      return inRange(parseTime(findLayout(layout), stringOperand(args, 1)));
    },
  },
  {
    name: "time.parse_rfc3339_ns",
    params: [string],
    result: number,
    call: (args) => inRange(parseTime(findLayout("RFC3339"), stringOperand(args, 0))),
  },
  {
    name: "time.parse_duration_ns",
    params: [string],
    result: number,
    call: (args) => fromBigInt(parseDuration(stringOperand(args, 0))),
  },
  {
    name: "time.format",
    params: [instantType],
    result: string,
    call: (args, ctx) => format(instantOperand(args, 0, ctx)),
  },
  {
    name: "time.date",
    params: [instantType],
    result: threeNumbers,
    call: (args, ctx) => {
      const { year, month, day } = civilOf(instantOperand(args, 0, ctx));
      return [year, month, day];
    },
  },
  {
    name: "time.clock",
    params: [instantType],
    result: threeNumbers,
    call: (args, ctx) => {
      const { hour, minute, second } = civilOf(instantOperand(args, 0, ctx));
      return [hour, minute, second];
    },
  },
  {
    name: "time.weekday",
    params: [instantType],
    result: string,
    call: (args, ctx) => weekdayNames[weekday(localSeconds(instantOperand(args, 0, ctx)))] as string,
  },
  {
    name: "time.add_date",
    params: [instantType, number, number, number],
    result: number,
    call: (args, ctx) => {
      const instant = instantOperand(args, 0, ctx);
      return addDate(instant, [integerOperand(args, 1), integerOperand(args, 2), integerOperand(args, 3)]);
    },
  },
  {
    name: "time.diff",
    params: [instantType, instantType],
    result: arrayOf(number),
    call: (args, ctx) => difference(instantOperand(args, 0, ctx), instantOperand(args, 1, ctx)),
  },
];
