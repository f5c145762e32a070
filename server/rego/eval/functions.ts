import type { Value } from "#server/rego/values/value.ts";
import type { Definition } from "./definition.ts";
import { type Machine, undefinedResult } from "./machine.ts";
import { runClauses } from "./rules.ts";

type Memo = Map<unknown, unknown>;
const maxRemembered = 20_000;

/** A call of a user function; answers are remembered by operand, composite ones by identity. */
export function evalFunction(machine: Machine, definition: Definition, args: readonly Value[]): Value | undefined {
  const { cache } = machine;
  let memo = cache.functions[definition.id];
  if (memo === undefined) {
    memo = new Map();
    cache.functions[definition.id] = memo;
  }
  for (let i = 0; i < args.length - 1; i++) {
    let next = memo.get(args[i]) as Memo | undefined;
    if (next === undefined) {
      next = new Map();
      if (memo.size < maxRemembered) memo.set(args[i], next);
    }
    memo = next;
  }
  const last = args[args.length - 1];
  const known = memo.get(last);
  if (known !== undefined) return known === undefinedResult ? undefined : (known as Value);
  machine.enter();
  const value = runClauses(machine, definition, args);
  machine.depth--;
  if (memo.size < maxRemembered) memo.set(last, value === undefined ? undefinedResult : value);
  return value;
}
