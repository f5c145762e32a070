/** RFC 4180 records as objects keyed by the header. */
export function parseCsv(text: string): Record<string, string>[] {
  const [header, ...records] = records4180(text);
  if (!header) return [];
  return records.map((fields) => Object.fromEntries(header.map((name, index) => [name, fields[index] ?? ""])));
}

function records4180(text: string): string[][] {
  const records: string[][] = [];
  let fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  while (field.lastIndex < text.length) {
    const match = field.exec(text);
    if (!match) throw new Error(`Malformed CSV after record ${records.length}`);
    fields.push(match[1] === undefined ? (match[2] ?? "") : match[1].replaceAll('""', '"'));
    if (match[3] === ",") continue;
    records.push(fields);
    fields = [];
  }
  if (fields.length > 0) records.push([...fields, ""]);
  return records;
}
