import { numToText } from "#server/plan/value/number.ts";
import { entriesOf, itemsOf, numOf, type Value } from "#server/plan/value/value.ts";

/**
 * YAML as Terraform writes it: quoted strings and keys, block lists at the level of their key, literals for lines,
 * long strings folded at spaces. Undefined where a key would need YAML's long form.
 */
export function toYaml(value: Value): string | undefined {
  if (hasLongKey(value)) return undefined;
  const lines = block(value, 0, 0);
  const isPlain = value.content === null || ["number", "bool"].includes(value.type.kind);
  return `${lines.join("\n")}\n${isPlain ? "...\n" : ""}`;
}

const longestKey = 120;

function hasLongKey(value: Value): boolean {
  if (Array.isArray(value.content)) return itemsOf(value).some(hasLongKey);
  if (!(value.content instanceof Map)) return false;
  return [...entriesOf(value)].some(([key, item]) => key.length > longestKey || key.includes("\n") || hasLongKey(item));
}

/** The lines of a value whose lines begin at `column`; the first one starts at `start`, behind its key or dash. */
function block(value: Value, column: number, start: number): string[] {
  if (value.content === null || value.content === undefined) return ["null"];
  if (typeof value.content === "string") return textLines(value.content, column, start);
  if (typeof value.content === "boolean") return [String(value.content)];
  if (Array.isArray(value.content)) return value.content.length === 0 ? ["[]"] : listLines(itemsOf(value), column);
  if (value.content instanceof Map) return value.content.size === 0 ? ["{}"] : mapLines(value, column);
  return [numToText(numOf(value))];
}

const isNested = (value: Value): boolean =>
  (Array.isArray(value.content) && value.content.length > 0) ||
  (value.content instanceof Map && value.content.size > 0);

const indented = (line: string): string => (line === "" ? line : `  ${line}`);

function listLines(items: readonly Value[], column: number): string[] {
  return items.flatMap((item) => {
    const [first = "", ...rest] = block(item, isNested(item) ? column + 2 : column, column + 2);
    return [`- ${first}`, ...(isNested(item) ? rest.map(indented) : rest)];
  });
}

function mapLines(value: Value, column: number): string[] {
  return [...entriesOf(value)].flatMap(([key, item]) => {
    const name = quoted(key).join("");
    if (!isNested(item)) {
      const [first = "", ...rest] = block(item, column, column + name.length + 2);
      return [`${name}: ${first}`, ...rest];
    }
    if (Array.isArray(item.content)) return [`${name}:`, ...block(item, column, column)];
    return [`${name}:`, ...block(item, column + 2, column + 2).map(indented)];
  });
}

const unprintable = /[^\n\x20-\x7e\u0085\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

function textLines(source: string, column: number, start: number): string[] {
  const isLiteral = source.includes("\n") && !unprintable.test(source) && !/ \n| $/.test(source);
  if (!isLiteral) return fold(quoted(source), column + 2, start);
  const hint = source.startsWith(" ") || source.startsWith("\n") ? "2" : "";
  const chomping = !source.endsWith("\n") ? "-" : source === "\n" || source.endsWith("\n\n") ? "+" : "";
  const body = source.endsWith("\n") ? source.slice(0, -1) : source;
  return [`|${hint}${chomping}`, ...body.split("\n").map(indented)];
}

const widest = 80;

/** Breaks a quoted text at single spaces beyond the 80th column. */
function fold(pieces: readonly string[], indent: number, start: number): string[] {
  const lines: string[] = [];
  let line = "";
  let width = start;
  for (const [index, piece] of pieces.entries()) {
    const isInside = index > 1 && index < pieces.length - 2;
    if (piece === " " && isInside && width > widest && pieces[index - 1] !== " ") {
      lines.push(line);
      line = pieces[index + 1] === " " ? "  \\" : "  ";
      width = indent + line.length - 2;
    } else {
      line += piece;
      width += [...piece].length;
    }
  }
  return [...lines, line];
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

/** The characters of a double-quoted scalar, each escaped as needed. */
function quoted(source: string): string[] {
  const body = [...source].map((character) => {
    const simple = escapes[character];
    if (simple !== undefined) return simple;
    if (!unprintable.test(character)) return character;
    const code = character.codePointAt(0)!.toString(16).toUpperCase();
    return code.length <= 2 ? `\\x${code.padStart(2, "0")}` : `\\u${code.padStart(4, "0")}`;
  });
  return ['"', ...body, '"'];
}
