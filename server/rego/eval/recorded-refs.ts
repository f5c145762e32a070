import type { Term } from "#server/rego/ast.ts";
import type { Value } from "#server/rego/values/value.ts";
import { lookup } from "./lookup.ts";
import type { Get, Machine } from "./machine.ts";
import type { Plan } from "./plan.ts";
import { compileTerm } from "./terms.ts";

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function pathBelow(path: string, key: Value): string {
  if (typeof key !== "string") return `${path}[${String(key)}]`;
  return plainName.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

/** For explanations: goes down and tells which path of the documents was read, and what stood there. */
export function recordedLookups(start: Get, plan: Plan, { rest, path }: { rest: readonly Term[]; path?: string }): Get {
  const keys = rest.map((part) => compileTerm(plan, part));
  return (machine, frame) => {
    let value = start(machine, frame);
    const { recorder } = machine;
    let at = value === undefined ? path : (path ?? recorder?.pathOf(value));
    for (let i = 0; i < keys.length && value !== undefined; i++) {
      const key = (keys[i] as Get)(machine, frame);
      if (key === undefined) return undefined;
      value = lookup(value, key);
      if (at !== undefined) at = pathBelow(at, key);
    }
    if (at !== undefined && (keys.length > 0 || path !== undefined)) recorder?.read(at, value);
    return value;
  };
}

/** Visits one element: tells its place; what is read of it counts only if it leads to a solution. */
export function visitRecorded(
  machine: Machine,
  { collection, key, item }: { collection: Value; key: Value; item: Value },
  visit: () => boolean,
): boolean {
  const { recorder } = machine;
  if (recorder === undefined) return visit();
  const mark = recorder.enterItem();
  const path = recorder.pathOf(collection);
  if (path !== undefined) recorder.read(pathBelow(path, key), item);
  const stop = visit();
  recorder.leaveItem(mark);
  return stop;
}

/** Notes what stands at a key of a collection of the documents. */
export function readBelow({ recorder }: Machine, value: Value, key: Value): void {
  const path = recorder?.pathOf(value);
  if (path !== undefined) recorder?.read(pathBelow(path, key), lookup(value, key));
}
