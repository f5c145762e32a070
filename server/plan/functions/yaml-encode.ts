import { numToText } from "#server/plan/value/number.ts";
import { entriesOf, itemsOf, numOf, type Value } from "#server/plan/value/value.ts";

/** YAML as Terraform writes it: quoted strings and keys, block lists at the level of their key, literals for lines. */
export function toYaml(value: Value): string {
  const lines = block(value, 0);
  const isPlain = value.content === null || ["number", "bool"].includes(value.type.kind);
  return `${lines.join("\n")}\n${isPlain ? "...\n" : ""}`;
}

/** The lines of a value; the first one stands behind its key or dash. */
function block(value: Value, indent: number): string[] {
  if (value.content === null || value.content === undefined) return ["null"];
  if (typeof value.content === "string") return textLines(value.content, indent);
  if (typeof value.content === "boolean") return [String(value.content)];
  if (Array.isArray(value.content)) return value.content.length === 0 ? ["[]"] : listLines(itemsOf(value), indent);
  if (value.content instanceof Map) return value.content.size === 0 ? ["{}"] : mapLines(value, indent);
  return [numToText(numOf(value))];
}

const isNested = (value: Value): boolean =>
  (Array.isArray(value.content) && value.content.length > 0) ||
  (value.content instanceof Map && value.content.size > 0);

function listLines(items: readonly Value[], indent: number): string[] {
  return items.flatMap((item) => {
    const [first = "", ...rest] = block(item, indent + 2);
    return [`- ${first}`, ...rest.map((line) => (isNested(item) ? `  ${line}` : line))];
  });
}

function mapLines(value: Value, indent: number): string[] {
  return [...entriesOf(value)].flatMap(([key, item]) => {
    const [first = "", ...rest] = block(item, indent + 2);
    if (!isNested(item)) return [`${quoted(key)}: ${first}`, ...rest];
    const isList = Array.isArray(item.content);
    return [`${quoted(key)}:`, ...[first, ...rest].map((line) => (isList || line === "" ? line : `  ${line}`))];
  });
}

const unprintable = /[^\n\x20-\x7e\u0085\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

function textLines(source: string, indent: number): string[] {
  const isLiteral = source.includes("\n") && !unprintable.test(source) && !/ \n| $/.test(source);
  if (!isLiteral) return [quoted(source)];
  const hint = source.startsWith(" ") || source.startsWith("\n") ? "2" : "";
  const chomping = !source.endsWith("\n") ? "-" : source === "\n" || source.endsWith("\n\n") ? "+" : "";
  const body = source.endsWith("\n") ? source.slice(0, -1) : source;
  const pad = indent === 0 ? "  " : " ".repeat(2);
  return [`|${hint}${chomping}`, ...body.split("\n").map((line) => (line === "" ? "" : pad + line))];
}

const escapes: Record<string, string> = {
  '"': '\\"',
  "\\": "\\\\",
  "\0": "\\0",
  "\x07": "\\a",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\v": "\\v",
  "\f": "\\f",
  "\r": "\\r",
  "\x1b": "\\e",
  "\u0085": "\\N",
  "\u2028": "\\L",
  "\u2029": "\\P",
};

function quoted(source: string): string {
  const body = [...source].map((character) => {
    const simple = escapes[character];
    if (simple !== undefined) return simple;
    if (!unprintable.test(character)) return character;
    const code = character.codePointAt(0)!.toString(16).toUpperCase();
    return code.length <= 2 ? `\\x${code.padStart(2, "0")}` : `\\u${code.padStart(4, "0")}`;
  });
  return `"${body.join("")}"`;
}
