import { sortStrings } from "./code-points.ts";
import { compare, type Key, keyOf, type Value } from "./value.ts";

/** A set of values; never changes once built. */
export class RegoSet {
  /** Canonical key, kept by `keyOf`. */
  key: string | undefined;
  private readonly members: ReadonlyMap<Key, Value>;
  private order: readonly Value[] | undefined;

  constructor(members: ReadonlyMap<Key, Value>) {
    this.members = members;
  }

  static readonly empty = new RegoSet(new Map());

  static of(values: Iterable<Value>): RegoSet {
    const builder = new SetBuilder();
    for (const value of values) builder.add(value);
    return builder.build();
  }

  get size(): number {
    return this.members.size;
  }

  has(value: Value): boolean {
    return this.members.has(keyOf(value));
  }

  /** Members in order. */
  sorted(): readonly Value[] {
    this.order ??= this.sortMembers();
    return this.order;
  }

  private sortMembers(): readonly Value[] {
    const members = [...this.members.values()];
    return members.every((member) => typeof member === "string")
      ? sortStrings(members as string[])
      : members.sort(compare);
  }

  /** Members in no particular order, without the price of sorting. */
  unsorted(): Iterable<Value> {
    return this.members.values();
  }

  isSubsetOf(other: RegoSet): boolean {
    if (this.size > other.size) return false;
    for (const key of this.members.keys()) if (!other.members.has(key)) return false;
    return true;
  }

  union(other: RegoSet): RegoSet {
    if (other.size === 0) return this;
    if (this.size === 0) return other;
    const [more, fewer] = this.size < other.size ? [other, this] : [this, other];
    const joined = new Map(more.members);
    for (const [key, value] of fewer.members) if (!joined.has(key)) joined.set(key, value);
    return joined.size === more.size ? more : new RegoSet(joined);
  }

  intersection(other: RegoSet): RegoSet {
    return this.filtered((key) => other.members.has(key));
  }

  difference(other: RegoSet): RegoSet {
    return this.filtered((key) => !other.members.has(key));
  }

  private filtered(keep: (key: Key) => boolean): RegoSet {
    const kept = new Map<Key, Value>();
    for (const [key, value] of this.members) if (keep(key)) kept.set(key, value);
    return kept.size === 0 ? RegoSet.empty : new RegoSet(kept);
  }
}

export class SetBuilder {
  private readonly members = new Map<Key, Value>();

  get size(): number {
    return this.members.size;
  }

  has(value: Value): boolean {
    return this.members.has(keyOf(value));
  }

  add(value: Value): this {
    const key = keyOf(value);
    if (!this.members.has(key)) this.members.set(key, value);
    return this;
  }

  /** The builder is spent afterwards. */
  build(): RegoSet {
    return this.members.size === 0 ? RegoSet.empty : new RegoSet(this.members);
  }
}
