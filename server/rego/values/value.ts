import { compareStrings } from "./code-points.ts";
import { MAX_TEXT, MAX_VISITS, Meter } from "./meter.ts";
import { compareNumbers, numberKey } from "./number.ts";
import { RegoNumber } from "./rego-number.ts";
import { RegoObject } from "./rego-object.ts";
import { RegoSet } from "./rego-set.ts";

/** A JS number is always a safe integer; every other numeric is a `RegoNumber`. */
export type Value = null | boolean | number | RegoNumber | string | readonly Value[] | RegoObject | RegoSet;

export type NumberValue = number | RegoNumber;

/** Equal values have equal keys, unlike values unlike ones: fit for a `Map`. */
export type Key = string | number | boolean | null;

export type TypeName = "null" | "boolean" | "number" | "string" | "array" | "object" | "set";

export function isArray(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isNumber(value: Value): value is NumberValue {
  return typeof value === "number" || value instanceof RegoNumber;
}

export function typeName(value: Value): TypeName {
  if (value === null) return "null";
  const type = typeof value;
  if (type !== "object") return type as "boolean" | "number" | "string";
  if (isArray(value)) return "array";
  if (value instanceof RegoObject) return "object";
  return value instanceof RegoSet ? "set" : "number";
}

function rank(value: Value): number {
  switch (typeof value) {
    case "boolean":
      return value ? 2 : 1;
    case "number":
      return 3;
    case "string":
      return 4;
    default:
      if (value === null) return 0;
      if (isArray(value)) return 5;
      if (value instanceof RegoObject) return 6;
      return value instanceof RegoSet ? 7 : 3;
  }
}

/** null < false < true < numbers < strings (by code point) < arrays < objects < sets. */
export function compare(a: Value, b: Value): number {
  if (a === b) return 0;
  if (typeof a === "string" && typeof b === "string") return compareStrings(a, b);
  if (typeof a === "number" && typeof b === "number") return a - b;
  return compareUnlike(a, b, undefined);
}

function compareWithin(a: Value, b: Value, meter: Meter): number {
  if (a === b) return 0;
  if (typeof a === "string" && typeof b === "string") return compareStrings(a, b);
  if (typeof a === "number" && typeof b === "number") return a - b;
  return compareUnlike(a, b, meter);
}

function compareUnlike(a: Value, b: Value, meter = new Meter(MAX_VISITS)): number {
  const order = rank(a) - rank(b);
  if (order !== 0 || a === null || typeof a === "boolean") return order;
  if (isArray(a)) return compareSequences(a, b as readonly Value[], meter);
  if (a instanceof RegoObject) return compareObjects(a, b as RegoObject, meter);
  if (a instanceof RegoSet) return compareSequences(a.sorted(), (b as RegoSet).sorted(), meter);
  return compareNumbers(a as NumberValue, b as NumberValue);
}

function compareSequences(a: readonly Value[], b: readonly Value[], meter: Meter): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    meter.spend(1);
    const order = compareWithin(a[i] as Value, b[i] as Value, meter);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareObjects(a: RegoObject, b: RegoObject, meter: Meter): number {
  const left = a.keys();
  const right = b.keys();
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) {
    meter.spend(1);
    const x = left[i] as Value;
    const y = right[i] as Value;
    const order = compareWithin(x, y, meter) || compareWithin(a.get(x) as Value, b.get(y) as Value, meter);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

export function equal(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") {
    return isNumber(a as Value) && isNumber(b as Value) && compareNumbers(a as NumberValue, b as NumberValue) === 0;
  }
  return equalObjects(a, b, new Meter(MAX_VISITS));
}

type Composite = Extract<Value, object>;

function equalWithin(a: Value, b: Value, meter: Meter): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return equal(a, b);
  return equalObjects(a, b, meter);
}

function equalObjects(a: Composite, b: Composite, meter: Meter): boolean {
  if (isArray(a)) return isArray(b) && a.length === b.length && equalItems(a, b, meter);
  if (a instanceof RegoObject) return b instanceof RegoObject && a.size === b.size && equalFields(a, b, meter);
  if (a instanceof RegoSet) return b instanceof RegoSet && a.size === b.size && a.isSubsetOf(b);
  return b instanceof RegoNumber && compareNumbers(a, b) === 0;
}

function equalItems(a: readonly Value[], b: readonly Value[], meter: Meter): boolean {
  meter.spend(a.length);
  return a.every((item, i) => equalWithin(item, b[i] as Value, meter));
}

function equalFields(a: RegoObject, b: RegoObject, meter: Meter): boolean {
  meter.spend(a.size);
  for (const [key, value] of a.unsorted()) {
    const other = b.get(key);
    if (other === undefined || !equalWithin(value, other, meter)) return false;
  }
  return true;
}

/**
 * The key of a value in a `Map`. Strings and safe integers are their own key; what would be taken for
 * one of them starts with U+0000.
 */
export function keyOf(value: Value): Key {
  if (typeof value === "string") return value.charCodeAt(0) === 0 ? `\0s${value}` : value;
  if (value === null || typeof value !== "object") return value;
  if (value instanceof RegoNumber) {
    const key = numberKey(value);
    return typeof key === "number" ? key : `\0n${key}`;
  }
  return compositeKey(value);
}

const arrayKeys = new WeakMap<readonly Value[], string>();

function compositeKey(value: readonly Value[] | RegoObject | RegoSet): string {
  if (!isArray(value)) {
    value.key ??= new KeyWriter().keyOf(value);
    return value.key;
  }
  if (value.length < 16) return value.every(isPlain) ? `\0${JSON.stringify(value)}` : new KeyWriter().keyOf(value);
  const known = arrayKeys.get(value);
  if (known !== undefined) return known;
  const key = new KeyWriter().keyOf(value);
  arrayKeys.set(value, key);
  return key;
}

/** Of these, JSON is the text that the writer below would give. */
function isPlain(value: Value): boolean {
  return value === null || typeof value !== "object";
}

/** Writes one text per composite value, unambiguous, U+0000 in front. */
class KeyWriter {
  private readonly parts: string[] = ["\0"];
  private readonly meter = new Meter(MAX_TEXT);

  keyOf(value: Value): string {
    this.write(value);
    return this.parts.join("");
  }

  private add(text: string): void {
    this.meter.spend(text.length + 1);
    this.parts.push(text);
  }

  private write(value: Value): void {
    if (typeof value === "string") this.add(JSON.stringify(value));
    else if (value === null || typeof value !== "object") this.add(String(value));
    else if (value instanceof RegoNumber) this.add(String(numberKey(value)));
    else if (isArray(value)) this.writeAll("[", value, "]");
    else if (value.key !== undefined) this.add(value.key.slice(1));
    else if (value instanceof RegoSet) this.writeAll("<", value.sorted(), ">");
    else this.writeFields(value);
  }

  private writeAll(open: string, members: readonly Value[], close: string): void {
    this.add(open);
    let separator = "";
    for (const member of members) {
      this.parts.push(separator);
      this.write(member);
      separator = ",";
    }
    this.add(close);
  }

  private writeFields(object: RegoObject): void {
    this.add("{");
    let separator = "";
    for (const key of object.keys()) {
      this.parts.push(separator);
      this.write(key);
      this.parts.push(":");
      this.write(object.get(key) as Value);
      separator = ",";
    }
    this.add("}");
  }
}
