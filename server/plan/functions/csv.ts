import { PlanError } from "#server/plan/plan-error.ts";

/** Rows of fields by RFC 4180; empty lines are skipped. */
export function readCsv(source: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let offset = 0;
  while (offset < source.length) {
    const field = readField(source, offset);
    row.push(field.text);
    offset = field.end;
    if (source[offset] === ",") {
      offset += 1;
      if (offset === source.length) row.push("");
      else continue;
    }
    const isEmpty = row.length === 1 && row[0] === "" && !field.isQuoted;
    if (!isEmpty) rows.push(row);
    row = [];
    if (source[offset] === "\r") offset += 1;
    if (source[offset] === "\n") offset += 1;
  }
  return rows;
}

function readField(source: string, start: number): { text: string; end: number; isQuoted: boolean } {
  if (source[start] !== '"') {
    let end = start;
    while (end < source.length && !",\r\n".includes(source[end]!)) end += 1;
    const text = source.slice(start, end);
    if (text.includes('"')) throw new PlanError("a CSV field with a quote must be quoted as a whole.");
    return { text, end, isQuoted: false };
  }
  let text = "";
  let offset = start + 1;
  for (;;) {
    const quote = source.indexOf('"', offset);
    if (quote === -1) throw new PlanError("a quoted CSV field is never closed.");
    text += source.slice(offset, quote);
    if (source[quote + 1] !== '"') return { text: text.replaceAll("\r\n", "\n"), end: quote + 1, isQuoted: true };
    text += '"';
    offset = quote + 2;
  }
}
