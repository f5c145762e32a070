import { type Civil, dayOfYear, monthNames, weekday, weekdayNames } from "./calendar.ts";
import { type Field, nextChunk } from "./go-layout.ts";

export interface LocalTime {
  readonly civil: Civil;
  /** Unix time plus offset: what the local clock shows. */
  readonly localSeconds: number;
  readonly offset: number;
  readonly abbreviation: string;
}

function padded(value: number, width: number, fill = "0"): string {
  const sign = value < 0 ? "-" : "";
  return sign + String(Math.abs(value)).padStart(width, fill);
}

function offsetText(field: string, offset: number): string {
  if (field.startsWith("Z") && offset === 0) return "Z";
  const magnitude = Math.abs(offset);
  const colon = field.includes(":") ? ":" : "";
  let text = padded(Math.floor(magnitude / 3600), 2);
  if (field.length > 3) text += colon + padded(Math.floor(magnitude / 60) % 60, 2);
  if (field.length > 6) text += colon + padded(magnitude % 60, 2);
  return (offset < 0 ? "-" : "+") + text;
}

function fractionText(text: string, nanosecond: number): string {
  const digits = padded(nanosecond, 9).slice(0, text.length - 1);
  if (text[1] === "0") return text[0] + digits;
  const kept = digits.replace(/0+$/, "");
  return kept === "" ? "" : text[0] + kept;
}

function hour12(hour: number): number {
  return hour % 12 === 0 ? 12 : hour % 12;
}

type Writer = (time: LocalTime) => string;

const writers: Readonly<Partial<Record<Field, Writer>>> = {
  January: ({ civil }) => monthNames[civil.month - 1] as string,
  Jan: ({ civil }) => (monthNames[civil.month - 1] as string).slice(0, 3),
  "1": ({ civil }) => String(civil.month),
  "01": ({ civil }) => padded(civil.month, 2),
  Monday: ({ localSeconds }) => weekdayNames[weekday(localSeconds)] as string,
  Mon: ({ localSeconds }) => (weekdayNames[weekday(localSeconds)] as string).slice(0, 3),
  "2": ({ civil }) => String(civil.day),
  _2: ({ civil }) => padded(civil.day, 2, " "),
  "02": ({ civil }) => padded(civil.day, 2),
  __2: ({ civil }) => padded(dayOfYear(civil), 3, " "),
  "002": ({ civil }) => padded(dayOfYear(civil), 3),
  "15": ({ civil }) => padded(civil.hour, 2),
  "3": ({ civil }) => String(hour12(civil.hour)),
  "03": ({ civil }) => padded(hour12(civil.hour), 2),
  "4": ({ civil }) => String(civil.minute),
  "04": ({ civil }) => padded(civil.minute, 2),
  "5": ({ civil }) => String(civil.second),
  "05": ({ civil }) => padded(civil.second, 2),
  "2006": ({ civil }) => padded(civil.year, 4),
  "06": ({ civil }) => padded(((civil.year % 100) + 100) % 100, 2),
  PM: ({ civil }) => (civil.hour >= 12 ? "PM" : "AM"),
  pm: ({ civil }) => (civil.hour >= 12 ? "pm" : "am"),
  MST: ({ abbreviation }) => abbreviation,
};

/** Writes a time after the example of a layout. */
export function formatTime(time: LocalTime, layout: string): string {
  let out = "";
  for (let rest = layout; rest !== ""; ) {
    const { chunk, rest: following } = nextChunk(rest);
    rest = following;
    out += chunk.prefix;
    if (chunk.field === undefined) continue;
    if (chunk.field === "fraction") out += fractionText(chunk.text, time.civil.nanosecond);
    else out += writers[chunk.field]?.(time) ?? offsetText(chunk.field, time.offset);
  }
  return out;
}
