import type { Location } from "#server/rego/errors.ts";
import { jsonText, toJson } from "#server/rego/values/json.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { RegoSet } from "#server/rego/values/rego-set.ts";
import { isArray, type Value } from "#server/rego/values/value.ts";
import type { Recorder } from "./recorder.ts";

export interface RuleEvent {
  file: string;
  row: number;
  rule: string;
  held: boolean;
}

export interface ReadEvent {
  path: string;
  /** Left out where nothing stood there, or where it is too large to show. */
  value?: unknown;
  missing?: true;
  tooLarge?: true;
}

export interface Explanation {
  /** Which rules held and which were tried in vain, in the order they were first tried. */
  rules: RuleEvent[];
  /**
   * The facts: what was read of `input` and of base `data`. Of a collection that was searched, only
   * what led to a solution.
   */
  reads: ReadEvent[];
}

const maxEntries = 500;
const maxText = 2_000;

/** Records an evaluation for people to read. */
export class Explainer implements Recorder {
  private readonly rules = new Map<string, RuleEvent>();
  private readonly reads = new Map<string, Value | undefined>();
  private readonly places = new WeakMap<object, string>();
  private readonly trail: [string, Value | undefined][] = [];
  private items = 0;

  rule({ file, row }: Location, rule: string, held: boolean): void {
    if (held) this.keep();
    const key = `${file}:${row}:${rule}`;
    const known = this.rules.get(key);
    if (known !== undefined) known.held ||= held;
    else if (this.rules.size < maxEntries) this.rules.set(key, { file, row, rule, held });
  }

  expression(): void {}

  read(path: string, value: Value | undefined): void {
    if (value !== null && typeof value === "object") this.places.set(value, path);
    if (this.items > 0) this.trail.push([path, value]);
    else this.add(path, value);
  }

  private add(path: string, value: Value | undefined): void {
    if (this.reads.size < maxEntries && !this.reads.has(path)) this.reads.set(path, value);
  }

  pathOf(value: Value): string | undefined {
    return value !== null && typeof value === "object" ? this.places.get(value) : undefined;
  }

  enterItem(): number {
    this.items++;
    return this.trail.length;
  }

  leaveItem(mark: number): void {
    this.items--;
    this.trail.length = mark;
  }

  keep(): void {
    for (const [path, value] of this.trail) this.add(path, value);
  }

  get explanation(): Explanation {
    const reads = [...this.reads].filter(([path]) => !this.isOnTheWay(path));
    return { rules: [...this.rules.values()], reads: reads.map(([path, value]) => readEvent(path, value)) };
  }

  /** Something below was read as well: that is the fact, this only led there. */
  private isOnTheWay(path: string): boolean {
    for (const other of this.reads.keys()) {
      const next = other[path.length];
      if ((next === "." || next === "[") && other.startsWith(path)) return true;
    }
    return false;
  }
}

function readEvent(path: string, value: Value | undefined): ReadEvent {
  if (value === undefined) return { path, missing: true };
  if (value === null || typeof value !== "object") return { path, value };
  return isShort(value) ? { path, value: toJson(value) } : { path, tooLarge: true };
}

function isShort(value: Value): boolean {
  if (roomLeft(value, maxText) < 0) return false;
  try {
    return jsonText(value).length <= maxText;
  } catch {
    return false;
  }
}

/** What is left of a number of characters, below zero as soon as there are too many: a whole document is never written out. */
function roomLeft(value: Value, room: number): number {
  if (typeof value === "string") return room - value.length;
  let left = room;
  for (const member of membersOf(value, room)) {
    left = roomLeft(member, left - 1);
    if (left < 0) return left;
  }
  return left - 1;
}

/** Keys and values alike; of more members than there is room for, only that they are too many. */
function membersOf(value: Value, room: number): Iterable<Value> {
  if (isArray(value)) return value.length > room ? [" ".repeat(room + 1)] : value;
  if (!(value instanceof RegoObject) && !(value instanceof RegoSet)) return [];
  if (value.size > room) return [" ".repeat(room + 1)];
  return value instanceof RegoSet ? value.unsorted() : [...value.unsorted()].flat();
}
