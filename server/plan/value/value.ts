import { type Num, numFromInteger, numToText } from "./number.ts";
import { ANY, BOOL, listOf, mapOf, NUMBER, objectOf, STRING, setOf, type Type, tupleOf } from "./type.ts";

/** What a value holds: null, nothing known, or content in the shape its type asks for. Maps and objects are sorted by key. */
export type Content = string | Num | boolean | readonly Value[] | ReadonlyMap<string, Value>;

/** One value of the language, with its type, whether it is secret, and the reason where it cannot be known. */
export type Value = {
  readonly type: Type;
  readonly content: Content | null | undefined;
  readonly sensitive: boolean;
  /** Why it is not known: of unknown values, and of open objects for the attributes they do not list. */
  readonly reason?: string;
};

export function known(type: Type, content: Content): Value {
  return { type, content, sensitive: false };
}

export const text = (content: string): Value => known(STRING, content.normalize("NFC"));
export const number = (content: Num | number): Value =>
  known(NUMBER, typeof content === "number" ? numFromInteger(content) : content);
export const bool = (content: boolean): Value => known(BOOL, content);
export const nullOf = (type: Type = ANY): Value => ({ type, content: null, sensitive: false });
export const unknown = (type: Type, reason: string): Value => ({ type, content: undefined, sensitive: false, reason });

export const tuple = (items: readonly Value[]): Value => known(tupleOf(items.map((item) => item.type)), items);
export const list = (element: Type, items: readonly Value[]): Value => known(listOf(element), items);
export const map = (element: Type, entries: Iterable<readonly [string, Value]>): Value =>
  known(mapOf(element), sortedMap(entries));

export function object(entries: Iterable<readonly [string, Value]>): Value {
  const content = sortedMap(entries);
  return known(objectOf(new Map([...content].map(([name, value]) => [name, value.type]))), content);
}

/** An object of which only some attributes are known: reading another one gives an unknown with `reason`. */
export function openObject(entries: Iterable<readonly [string, Value]>, reason: string): Value {
  const closed = object(entries);
  if (closed.type.kind !== "object") return closed;
  return { ...closed, type: objectOf(closed.type.attributes, true), reason };
}

export function set(element: Type, items: readonly Value[]): Value {
  const sorted = [...items].sort(compareElements);
  const unique: Value[] = [];
  for (const item of sorted) {
    const previous = unique.at(-1);
    if (previous && isWhollyKnown(item) && hashText(previous) === hashText(item)) continue;
    unique.push(item);
  }
  return known(setOf(element), unique);
}

export const isNull = (value: Value): boolean => value.content === null;
export const isUnknown = (value: Value): boolean => value.content === undefined;
export const itemsOf = (value: Value): readonly Value[] => value.content as readonly Value[];
export const entriesOf = (value: Value): ReadonlyMap<string, Value> => value.content as ReadonlyMap<string, Value>;
export const textOf = (value: Value): string => value.content as string;
export const numOf = (value: Value): Num => value.content as Num;
export const boolOf = (value: Value): boolean => value.content as boolean;

export function withSensitivity(value: Value, sensitive: boolean): Value {
  return sensitive && !value.sensitive ? { ...value, sensitive } : value;
}

/** The values directly inside a collection or structure. */
export function children(value: Value): Value[] {
  if (Array.isArray(value.content)) return value.content;
  if (value.content instanceof Map) return [...value.content.values()];
  return [];
}

export function isWhollyKnown(value: Value): boolean {
  return findUnknown(value) === undefined;
}

/** The reason of the first unknown part, or undefined where everything is known. */
export function findUnknown(value: Value): string | undefined {
  if (value.content === undefined || (value.type.kind === "object" && value.type.open && value.content !== null))
    return value.reason?.replace(".{attribute}", "") ?? "not known before apply";
  for (const child of children(value)) {
    const reason = findUnknown(child);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

export function isSensitiveWithin(value: Value): boolean {
  return value.sensitive || children(value).some(isSensitiveWithin);
}

/** The same value without any secrecy mark. */
export function unmarkDeep(value: Value): Value {
  if (!isSensitiveWithin(value)) return value;
  const bare = { ...value, sensitive: false };
  if (Array.isArray(value.content)) return { ...bare, content: value.content.map(unmarkDeep) };
  if (value.content instanceof Map)
    return { ...bare, content: new Map([...value.content].map(([key, child]) => [key, unmarkDeep(child as Value)])) };
  return bare;
}

/** Orders strings as their UTF-8 bytes do, which is how Terraform sorts keys. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  const end = Math.min(left.length, right.length);
  for (let index = 0; index < end; index += 1) {
    const first = left.charCodeAt(index);
    const second = right.charCodeAt(index);
    if (first === second) continue;
    const isFirstPair = first >= 0xd800 && first <= 0xdfff;
    const isSecondPair = second >= 0xd800 && second <= 0xdfff;
    return isFirstPair === isSecondPair ? first - second : isFirstPair ? 1 : -1;
  }
  return left.length - right.length;
}

export function sortedMap<T>(entries: Iterable<readonly [string, T]>): Map<string, T> {
  const unique = new Map(entries);
  return new Map([...unique].sort(([left], [right]) => compareText(left, right)));
}

/** The order of a set: by value for primitives, by canonical text for everything else, null last, unknown after that. */
export function compareElements(left: Value, right: Value): number {
  const rank = (value: Value) => (value.content === undefined ? 2 : value.content === null ? 1 : 0);
  if (rank(left) !== rank(right)) return rank(left) - rank(right);
  if (rank(left) > 0) return 0;
  if (typeof left.content === "string" && typeof right.content === "string")
    return compareText(left.content, right.content);
  if (left.type.kind === "number" && right.type.kind === "number") return compareNumbers(left, right);
  return compareText(hashText(left), hashText(right));
}

function compareNumbers(left: Value, right: Value): number {
  const first = numOf(left);
  const second = numOf(right);
  const power = Math.min(first.exponent, second.exponent);
  const difference =
    (first.mantissa << BigInt(first.exponent - power)) - (second.mantissa << BigInt(second.exponent - power));
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** A text that two values share exactly when they are equal members of one set. */
export function hashText(value: Value): string {
  if (value.content === undefined) return "?";
  if (value.content === null) return "~";
  if (typeof value.content === "string") return JSON.stringify(value.content);
  if (typeof value.content === "boolean") return value.content ? "T" : "F";
  if (Array.isArray(value.content)) return `[${value.content.map((item) => `${hashText(item)};`).join("")}]`;
  if (value.content instanceof Map) {
    const isObject = value.type.kind === "object";
    const parts = [...(value.content as ReadonlyMap<string, Value>)].map(([key, item]) =>
      isObject ? `${hashText(item)};` : `${JSON.stringify(key)}:${hashText(item)};`,
    );
    return isObject ? `<${parts.join("")}>` : `{${parts.join("")}}`;
  }
  return numToText(value.content as Num);
}
