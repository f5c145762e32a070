/** Go's time layouts: an example of the reference time, cut into literal text and fields. */

export type Field =
  | "January"
  | "Jan"
  | "1"
  | "01"
  | "Monday"
  | "Mon"
  | "2"
  | "_2"
  | "02"
  | "__2"
  | "002"
  | "15"
  | "3"
  | "03"
  | "4"
  | "04"
  | "5"
  | "05"
  | "2006"
  | "06"
  | "PM"
  | "pm"
  | "MST"
  | "Z0700"
  | "Z070000"
  | "Z07"
  | "Z07:00"
  | "Z07:00:00"
  | "-0700"
  | "-070000"
  | "-07"
  | "-07:00"
  | "-07:00:00"
  | "fraction";

export interface Chunk {
  readonly prefix: string;
  readonly field: Field | undefined;
  /** As the layout has it: for a fraction `.000` or `.999`. */
  readonly text: string;
}

// In the order in which Go tries them at one place; longer forms stand before their beginnings.
const fields: readonly Field[] = [
  "January",
  "Jan",
  "Monday",
  "Mon",
  "MST",
  "002",
  "01",
  "02",
  "03",
  "04",
  "05",
  "06",
  "15",
  "1",
  "2006",
  "2",
  "__2",
  "_2",
  "3",
  "4",
  "5",
  "PM",
  "pm",
  "-070000",
  "-07:00:00",
  "-0700",
  "-07:00",
  "-07",
  "Z070000",
  "Z07:00:00",
  "Z0700",
  "Z07:00",
  "Z07",
];

const fraction = /[.,](0+|9+)(?!\d)/y;

function fieldAt(layout: string, at: number): { field: Field; text: string } | undefined {
  fraction.lastIndex = at;
  const text = fraction.exec(layout)?.[0];
  if (text) return { field: "fraction", text };
  // An underscore before a year is only an underscore.
  if (layout.startsWith("_2006", at)) return undefined;
  const field = fields.find((known) => layout.startsWith(known, at) && standsAlone(layout, at, known));
  return field && { field, text: field };
}

/** `Jan` in `Janet` is no month. */
function standsAlone(layout: string, at: number, field: Field): boolean {
  if (field !== "Jan" && field !== "Mon") return true;
  return !/^[a-z]/.test(layout.slice(at + 3));
}

/** The chunk at the beginning of a layout, and what follows it. */
export function nextChunk(layout: string): { chunk: Chunk; rest: string } {
  for (let at = 0; at < layout.length; at++) {
    const found = fieldAt(layout, at);
    if (found) return { chunk: { prefix: layout.slice(0, at), ...found }, rest: layout.slice(at + found.text.length) };
  }
  return { chunk: { prefix: layout, field: undefined, text: "" }, rest: "" };
}

const namedLayouts: Readonly<Record<string, string>> = {
  ANSIC: "Mon Jan _2 15:04:05 2006",
  UnixDate: "Mon Jan _2 15:04:05 MST 2006",
  RubyDate: "Mon Jan 02 15:04:05 -0700 2006",
  RFC822: "02 Jan 06 15:04 MST",
  RFC822Z: "02 Jan 06 15:04 -0700",
  RFC850: "Monday, 02-Jan-06 15:04:05 MST",
  RFC1123: "Mon, 02 Jan 2006 15:04:05 MST",
  RFC1123Z: "Mon, 02 Jan 2006 15:04:05 -0700",
  RFC3339: "2006-01-02T15:04:05Z07:00",
  RFC3339Nano: "2006-01-02T15:04:05.999999999Z07:00",
};

/** A layout by the name of Go's constant, or the layout itself. */
export function findLayout(name: string): string {
  return namedLayouts[name] ?? name;
}
