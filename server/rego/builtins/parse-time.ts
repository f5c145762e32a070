import { failed } from "./builtin-error.ts";
import { daysFromCivil, daysInMonth, monthNames, secondsFromCivil, weekdayNames } from "./calendar.ts";
import { type Chunk, type Field, nextChunk } from "./go-layout.ts";
import { quoted } from "./quote.ts";

/** The text does not fit the layout at this field. */
class Mismatch extends Error {}

/** A field holds a number that it cannot have. */
class OutOfRange extends Error {}

interface Fields {
  year: number;
  month: number;
  day: number;
  yearDay: number;
  hour: number;
  minute: number;
  second: number;
  nanosecond: number;
  isPm: boolean | undefined;
  offset: number;
}

/** Reads a text after the example of a layout; gives nanoseconds since 1970. */
export function parseTime(layout: string, text: string): bigint {
  return new TimeParser(layout, text).parse();
}

class TimeParser {
  private readonly layout: string;
  private readonly text: string;
  /** What is still to be read. */
  rest: string;
  readonly fields: Fields = {
    year: 0,
    month: -1,
    day: -1,
    yearDay: -1,
    hour: 0,
    minute: 0,
    second: 0,
    nanosecond: 0,
    isPm: undefined,
    offset: 0,
  };

  constructor(layout: string, text: string) {
    this.layout = layout;
    this.text = text;
    this.rest = text;
  }

  parse(): bigint {
    for (let layout = this.layout; ; ) {
      const { chunk, rest } = nextChunk(layout);
      this.attempt(chunk.prefix, () => this.skip(chunk.prefix));
      if (chunk.field === undefined) break;
      this.attempt(chunk.text, () => this.read(chunk, rest));
      layout = rest;
    }
    if (this.rest !== "") throw this.fault(`: extra text: ${quoted(this.rest)}`);
    return this.instant();
  }

  private fault(message: string): Error {
    return failed(`parsing time ${quoted(this.text)}${message}`);
  }

  private attempt(element: string, read: () => void): void {
    const before = this.rest;
    try {
      read();
    } catch (error) {
      if (error instanceof OutOfRange) throw this.fault(`: ${error.message} out of range`);
      if (!(error instanceof Mismatch)) throw error;
      const at = `cannot parse ${quoted(before)} as ${quoted(element)}`;
      throw failed(`parsing time ${quoted(this.text)} as ${quoted(this.layout)}: ${at}`);
    }
  }

  /** Literal text; a space in the layout stands for any number of them. */
  private skip(prefix: string): void {
    for (let at = 0; at < prefix.length; at++) {
      if (prefix[at] !== " ") {
        if (this.rest[0] !== prefix[at]) throw new Mismatch();
        this.rest = this.rest.slice(1);
        continue;
      }
      if (this.rest !== "" && this.rest[0] !== " ") throw new Mismatch();
      while (prefix[at + 1] === " ") at++;
      this.rest = this.rest.replace(/^ +/, "");
    }
  }

  take(pattern: RegExp): string {
    const found = pattern.exec(this.rest)?.[0];
    if (found === undefined) throw new Mismatch();
    this.rest = this.rest.slice(found.length);
    return found;
  }

  number(pattern: RegExp, [low, high]: readonly [number, number], name: string): number {
    const value = Number(this.take(pattern));
    if (value < low || value > high) throw new OutOfRange(name);
    return value;
  }

  name(names: readonly string[], length?: number): number {
    const index = names.findIndex((name) => {
      const wanted = name.slice(0, length);
      return this.rest.slice(0, wanted.length).toLowerCase() === wanted.toLowerCase();
    });
    if (index < 0) throw new Mismatch();
    this.rest = this.rest.slice((names[index] as string).slice(0, length).length);
    return index;
  }

  private read({ field, text }: Chunk, following: string): void {
    const read = readers[field as Field];
    if (read) read(this, following);
    else if (field === "fraction") this.fraction(text);
    else this.offset(text);
  }

  /** A fraction may follow the seconds although the layout has none. */
  second(pattern: RegExp, following: string): void {
    this.fields.second = this.number(pattern, [0, 59], "second");
    const next = nextChunk(following).chunk;
    const isNamed = next.field === "fraction" && next.prefix === "";
    if (!isNamed && /^[.,]\d/.test(this.rest)) this.setNanosecond(this.take(/^[.,]\d+/));
  }

  private setNanosecond(text: string): void {
    this.fields.nanosecond = Number(text.slice(1, 10).padEnd(9, "0"));
  }

  private fraction(text: string): void {
    const digits = text.length - 1;
    if (text[1] === "0") this.setNanosecond(this.take(new RegExp(`^[.,]\\d{${digits}}`)));
    else if (/^[.,]\d/.test(this.rest)) this.setNanosecond(this.take(/^[.,]\d{1,9}/));
  }

  /** `GMT+3` is an offset; any other abbreviation says nothing of one. */
  zoneName(): void {
    const name = this.take(/^(?:GMT[+-]\d{1,2}|ChST|MeST|[A-Z]{3,5}|[+-]\d\d(?:\d\d)?)/);
    if (name.startsWith("GMT") && name.length > 3) this.fields.offset = Number(name.slice(3)) * 3600;
  }

  private offset(form: string): void {
    if (form.startsWith("Z") && this.rest[0] === "Z") {
      this.rest = this.rest.slice(1);
      return;
    }
    const colon = form.includes(":") ? ":" : "";
    const parts = [form.length > 3, form.length > 6].map((has) => (has ? `${colon}(\\d\\d)` : "()"));
    const match = new RegExp(`^([+-])(\\d\\d)${parts.join("")}`).exec(this.rest);
    if (!match) throw new Mismatch();
    this.rest = this.rest.slice(match[0].length);
    const [hours, minutes, seconds] = [match[2], match[3], match[4]].map(Number) as [number, number, number];
    if (hours > 24) throw new OutOfRange("time zone offset hour");
    if (minutes > 60) throw new OutOfRange("time zone offset minute");
    if (seconds > 60) throw new OutOfRange("time zone offset second");
    const magnitude = (hours * 60 + minutes) * 60 + seconds;
    this.fields.offset = match[1] === "-" ? -magnitude : magnitude;
  }

  private instant(): bigint {
    const { isPm, nanosecond, offset } = this.fields;
    let { hour } = this.fields;
    if (isPm === true && hour < 12) hour += 12;
    else if (isPm === false && hour === 12) hour = 0;
    const seconds = secondsFromCivil({ ...this.fields, ...this.date(), hour }) - offset;
    return BigInt(seconds) * 1_000_000_000n + BigInt(nanosecond);
  }

  private date(): { month: number; day: number } {
    const { year, yearDay } = this.fields;
    if (yearDay >= 0) return this.dateOfYearDay(yearDay);
    const month = this.fields.month < 0 ? 1 : this.fields.month;
    const day = this.fields.day < 0 ? 1 : this.fields.day;
    if (day < 1 || day > daysInMonth(year, month)) throw this.fault(": day out of range");
    return { month, day };
  }

  private dateOfYearDay(yearDay: number): { month: number; day: number } {
    const { year } = this.fields;
    const length = daysFromCivil(year + 1, 1, 1) - daysFromCivil(year, 1, 1);
    if (yearDay < 1 || yearDay > length) throw this.fault(": day-of-year out of range");
    let month = 1;
    let day = yearDay;
    while (day > daysInMonth(year, month)) day -= daysInMonth(year, month++);
    const { month: named, day: given } = this.fields;
    if (named >= 0 && named !== month) throw this.fault(": day-of-year does not match month");
    if (given >= 0 && given !== day) throw this.fault(": day-of-year does not match day");
    return { month, day };
  }
}

const one = /^\d\d?/;
const two = /^\d\d/;

type Reader = (parser: TimeParser, following: string) => void;

function twoDigitYear(parser: TimeParser): void {
  const year = Number(parser.take(two));
  parser.fields.year = year >= 69 ? 1900 + year : 2000 + year;
}

function paddedDay(parser: TimeParser): void {
  if (parser.rest[0] === " ") parser.rest = parser.rest.slice(1);
  parser.fields.day = Number(parser.take(one));
}

function yearDay(parser: TimeParser): void {
  parser.fields.yearDay = Number(parser.take(/^(?: {0,2}\d{1,3})(?<=^.{3})/).trim());
}

function month(digits: RegExp): Reader {
  return (parser) => {
    parser.fields.month = parser.number(digits, [1, 12], "month");
  };
}

function hour(digits: RegExp, last: number): Reader {
  return (parser) => {
    parser.fields.hour = parser.number(digits, [0, last], "hour");
  };
}

function minute(digits: RegExp): Reader {
  return (parser) => {
    parser.fields.minute = parser.number(digits, [0, 59], "minute");
  };
}

function day(digits: RegExp): Reader {
  return (parser) => {
    parser.fields.day = Number(parser.take(digits));
  };
}

const readers: Readonly<Partial<Record<Field, Reader>>> = {
  "06": twoDigitYear,
  "2006": (parser) => {
    parser.fields.year = Number(parser.take(/^\d{4}/));
  },
  Jan: (parser) => {
    parser.fields.month = parser.name(monthNames, 3) + 1;
  },
  January: (parser) => {
    parser.fields.month = parser.name(monthNames) + 1;
  },
  "1": month(one),
  "01": month(two),
  Mon: (parser) => void parser.name(weekdayNames, 3),
  Monday: (parser) => void parser.name(weekdayNames),
  _2: paddedDay,
  "2": day(one),
  "02": day(two),
  __2: yearDay,
  "002": yearDay,
  "15": hour(one, 23),
  "3": hour(one, 12),
  "03": hour(two, 12),
  "4": minute(one),
  "04": minute(two),
  "5": (parser, following) => parser.second(one, following),
  "05": (parser, following) => parser.second(two, following),
  PM: (parser) => {
    parser.fields.isPm = parser.take(/^[AP]M/) === "PM";
  },
  pm: (parser) => {
    parser.fields.isPm = parser.take(/^[ap]m/) === "pm";
  },
  MST: (parser) => parser.zoneName(),
};
