/** Where a value stands: row and column count from 1, `path` is dotted (`grains.app.spec.inputs[0]`). */
export type Spot = { row: number; column: number; path: string };

/**
 * A value of the YAML document with its place. Scalars keep their source text: `1.10` stays `1.10`, `no` stays `no`.
 */
export type Located =
  | (Spot & { kind: "map"; entries: ReadonlyMap<string, Entry> })
  | (Spot & { kind: "list"; items: readonly Located[] })
  | (Spot & { kind: "text"; text: string; scalar: "string" | "number" | "bool" })
  | (Spot & { kind: "null" });

export type Entry = { key: Spot; value: Located };

/** The value as plain data: unquoted numbers and booleans keep their type. */
export function toPlain(node: Located): unknown {
  switch (node.kind) {
    case "null":
      return null;
    case "list":
      return node.items.map(toPlain);
    case "map":
      return Object.fromEntries([...node.entries].map(([name, entry]) => [name, toPlain(entry.value)]));
    case "text":
      if (node.scalar === "bool") return node.text.toLowerCase() === "true";
      return node.scalar === "number" && String(Number(node.text)) === node.text ? Number(node.text) : node.text;
  }
}

/** The value as the text a template or a grain sees: scalars as written, collections as JSON. */
export function toText(node: Located): string {
  if (node.kind === "text") return node.text;
  return node.kind === "null" ? "" : JSON.stringify(toPlain(node));
}
