import { sortStrings } from "./code-points.ts";
import { fromJson } from "./from-json.ts";
import { compare, type Key, keyOf, type Value } from "./value.ts";

type Fields = Map<Key, Value>;

/**
 * An object with keys of any kind; never changes once built. One made from parsed JSON converts its
 * fields when it is first looked into, so that what a policy does not touch costs nothing.
 */
export class RegoObject {
  /** Canonical key, kept by `keyOf`. */
  key: string | undefined;
  private fields: Fields | undefined;
  private json: Readonly<Record<string, unknown>> | undefined;
  /** The keys that are not their own map key; most objects have none. */
  private readonly others: ReadonlyMap<Key, Value> | undefined;
  private order: readonly Value[] | undefined;

  constructor(fields: Fields | undefined, others?: ReadonlyMap<Key, Value>, json?: Readonly<Record<string, unknown>>) {
    this.fields = fields;
    this.others = others;
    this.json = json;
  }

  static readonly empty = new RegoObject(new Map());

  static fromJson(json: Readonly<Record<string, unknown>>): RegoObject {
    return new RegoObject(undefined, undefined, json);
  }

  static of(entries: Iterable<readonly [Value, Value]>): RegoObject {
    const builder = new ObjectBuilder();
    for (const [key, value] of entries) builder.set(key, value);
    return builder.build();
  }

  private open(): Fields {
    return this.fields ?? this.convert();
  }

  private convert(): Fields {
    const fields: Fields = new Map();
    const json = this.json ?? {};
    for (const name of Object.keys(json)) {
      const value = fromJson(json[name]);
      fields.set(name.charCodeAt(0) === 0 ? keyOf(name) : name, value);
    }
    this.fields = fields;
    this.json = undefined;
    return fields;
  }

  get size(): number {
    return this.open().size;
  }

  get(key: Value): Value | undefined {
    return this.open().get(typeof key === "string" && key.charCodeAt(0) !== 0 ? key : keyOf(key));
  }

  has(key: Value): boolean {
    return this.open().has(keyOf(key));
  }

  private originalKey(key: Key): Value {
    if (typeof key !== "string" || key.charCodeAt(0) !== 0) return key;
    return key.charCodeAt(1) === 115 ? key.slice(2) : (this.others?.get(key) as Value);
  }

  /** Keys in order. */
  keys(): readonly Value[] {
    this.order ??= this.sortKeys();
    return this.order;
  }

  private sortKeys(): readonly Value[] {
    const keys = Array.from(this.open().keys(), (key) => this.originalKey(key));
    const plain = keys.every((key) => typeof key === "string");
    return plain ? sortStrings(keys as string[]) : keys.sort(compare);
  }

  /** Entries in the order of the keys. */
  entries(): [Value, Value][] {
    return this.keys().map((key) => [key, this.get(key) as Value]);
  }

  /** Values in the order of the keys. */
  values(): Value[] {
    return this.keys().map((key) => this.get(key) as Value);
  }

  /** Entries in no particular order, without the price of sorting. */
  *unsorted(): Iterable<[Value, Value]> {
    for (const [key, value] of this.open()) yield [this.originalKey(key), value];
  }
}

export class ObjectBuilder {
  private fields: Fields = new Map();
  private others: Map<Key, Value> | undefined;

  /** Starts with the entries of an object. */
  static from(object: RegoObject): ObjectBuilder {
    const builder = new ObjectBuilder();
    for (const [key, value] of object.unsorted()) builder.set(key, value);
    return builder;
  }

  get size(): number {
    return this.fields.size;
  }

  get(key: Value): Value | undefined {
    return this.fields.get(keyOf(key));
  }

  has(key: Value): boolean {
    return this.fields.has(keyOf(key));
  }

  set(key: Value, value: Value): this {
    const slot = keyOf(key);
    this.fields.set(slot, value);
    if (key !== null && typeof key === "object") {
      this.others ??= new Map();
      if (!this.others.has(slot)) this.others.set(slot, key);
    }
    return this;
  }

  delete(key: Value): this {
    this.fields.delete(keyOf(key));
    return this;
  }

  /** The builder is spent afterwards. */
  build(): RegoObject {
    return this.fields.size === 0 ? RegoObject.empty : new RegoObject(this.fields, this.others);
  }
}
