import { PlanError } from "#server/plan/plan-error.ts";
import { numToText, parseNum } from "#server/plan/value/number.ts";
import { bool, itemsOf, nullOf, number, numOf, object, text, tuple, type Value } from "#server/plan/value/value.ts";

const escaped: Record<string, string> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** JSON as Terraform writes it: compact, keys sorted, `<`, `>`, `&` and line separators escaped. */
export function toJson(value: Value): string {
  if (value.content === null || value.content === undefined) return "null";
  if (typeof value.content === "string") return quote(value.content);
  if (typeof value.content === "boolean") return String(value.content);
  if (Array.isArray(value.content)) return `[${itemsOf(value).map(toJson).join(",")}]`;
  if (value.content instanceof Map)
    return `{${[...value.content].map(([key, item]) => `${quote(key)}:${toJson(item)}`).join(",")}}`;
  return numToText(numOf(value));
}

function quote(source: string): string {
  const body = source.replace(/["\\<>&\u2028\u2029]|\p{Cc}/gu, (character) => {
    const code = character.charCodeAt(0);
    const isPlain = code >= 0x7f && code <= 0x9f;
    return escaped[character] ?? (isPlain ? character : `\\u${code.toString(16).padStart(4, "0")}`);
  });
  return `"${body}"`;
}

const tokenPattern =
  /\s*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null))/y;

type Reader = { source: string; offset: number; depth: number };
type Token = { punctuation?: string; quoted?: string; digits?: string; word?: string };

/** Reads JSON keeping every digit of its numbers, which `JSON.parse` would not. */
export function fromJson(source: string): Value {
  const reader: Reader = { source, offset: 0, depth: 0 };
  const value = readValue(reader, readToken(reader));
  if (source.slice(reader.offset).trim() !== "")
    throw new PlanError(`unexpected text after the JSON value, at character ${reader.offset + 1}.`);
  return value;
}

function readToken(reader: Reader): Token {
  tokenPattern.lastIndex = reader.offset;
  const match = tokenPattern.exec(reader.source);
  if (!match) throw new PlanError(`this is not valid JSON, at character ${reader.offset + 1}.`);
  reader.offset = tokenPattern.lastIndex;
  const [, punctuation, quoted, digits, word] = match;
  if (punctuation !== undefined) return { punctuation };
  if (quoted !== undefined) return { quoted };
  return digits === undefined ? { word: word ?? "" } : { digits };
}

function readValue(reader: Reader, token: Token): Value {
  if (token.quoted !== undefined) return text(unquote(token.quoted, reader));
  if (token.digits !== undefined) return number(parseNum(token.digits) ?? reject(reader));
  if (token.word !== undefined) return token.word === "null" ? nullOf() : bool(token.word === "true");
  if (reader.depth > 300) throw new PlanError("the JSON is nested too deeply.");
  reader.depth += 1;
  const value =
    token.punctuation === "[" ? readArray(reader) : token.punctuation === "{" ? readObject(reader) : reject(reader);
  reader.depth -= 1;
  return value;
}

function reject(reader: Reader): never {
  throw new PlanError(`this is not valid JSON, at character ${reader.offset}.`);
}

function unquote(quoted: string, reader: Reader): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return reject(reader);
  }
}

function readArray(reader: Reader): Value {
  const items: Value[] = [];
  let token = readToken(reader);
  if (token.punctuation === "]") return tuple(items);
  for (;;) {
    items.push(readValue(reader, token));
    const next = readToken(reader).punctuation;
    if (next === "]") return tuple(items);
    if (next !== ",") reject(reader);
    token = readToken(reader);
  }
}

function readObject(reader: Reader): Value {
  const entries: [string, Value][] = [];
  let token = readToken(reader);
  if (token.punctuation === "}") return object(entries);
  for (;;) {
    if (token.quoted === undefined) reject(reader);
    const key = unquote(token.quoted!, reader);
    if (readToken(reader).punctuation !== ":") reject(reader);
    entries.push([key, readValue(reader, readToken(reader))]);
    const next = readToken(reader).punctuation;
    if (next === "}") return object(entries);
    if (next !== ",") reject(reader);
    token = readToken(reader);
  }
}
