import { RegoErrors } from "#server/rego/errors.ts";
import { SetBuilder } from "#server/rego/values/rego-set.ts";
import { keyOf, type Value } from "#server/rego/values/value.ts";
import type { Clause } from "./clause.ts";
import type { Definition } from "./definition.ts";
import { DocumentBuilder } from "./document-builder.ts";
import type { Frame, Machine } from "./machine.ts";

/** After so many keys asked for one by one the whole document is made. */
const keysBeforeWhole = 3;

/** The whole set or object that partial rules make. */
export function evalPartial(machine: Machine, definition: Definition): Value {
  const { cache } = machine;
  const known = cache.results[definition.id];
  if (known !== undefined && typeof known !== "symbol") return known;
  const value = run(machine, definition, definition.candidates(machine, []), []);
  cache.results[definition.id] = value;
  return value;
}

/** What partial rules make at and below `keys`, wrapped as the whole would be; the rest may be missing. */
export function evalPartialAt(machine: Machine, definition: Definition, keys: readonly Value[]): Value {
  const { cache } = machine;
  const whole = cache.results[definition.id];
  if (whole !== undefined && typeof whole !== "symbol") return whole;
  const asked = keys.slice(0, definition.maxKeys);
  const found = cache.keyedFor(definition.id, asked.length);
  const key = asked.length === 1 ? keyOf(asked[0] as Value) : keyOf(asked);
  const known = found.get(key);
  if (known !== undefined) return known;
  if (found.size >= keysBeforeWhole && !cache.refused.has(definition.id)) {
    const made = tryWhole(machine, definition);
    if (made !== undefined) return made;
  }
  const value = run(machine, definition, definition.clausesByKeys(asked.length), asked);
  found.set(key, value);
  return value;
}

/** Keys that were not asked for may conflict: then they are none of our business. */
function tryWhole(machine: Machine, definition: Definition): Value | undefined {
  const { depth, cache, input, data, mask, mocks } = machine;
  try {
    return evalPartial(machine, definition);
  } catch (error) {
    if (!(error instanceof RegoErrors)) throw error;
    Object.assign(machine, { depth, cache, input, data, mask, mocks });
    cache.refused.add(definition.id);
    return undefined;
  }
}

function run(machine: Machine, definition: Definition, clauses: readonly Clause[], keys: readonly Value[]): Value {
  machine.enter();
  const builder = definition.kind === "set" ? new SetBuilder() : new DocumentBuilder();
  for (const clause of clauses) {
    if (builder instanceof DocumentBuilder && clause.otherwise !== undefined)
      runElse(machine, clause, { builder, keys });
    else if (clause.run(machine, frameFor(clause, builder, keys)) && keys.length > 0) break;
  }
  machine.depth--;
  if (builder instanceof DocumentBuilder) {
    for (const { path, value } of definition.innerDefaults) if (!builder.has(path)) builder.put(path, value);
  }
  return builder.build();
}

function frameFor(clause: Clause, builder: SetBuilder | DocumentBuilder, keys: readonly Value[]): Frame {
  const frame: Frame = new Array(clause.size);
  frame[0] = builder;
  for (let i = 0; i < keys.length; i++) frame[i + 1] = keys[i];
  return frame;
}

/** A rule with constant path among partial ones may have else branches: the first that adds anything counts. */
function runElse(
  machine: Machine,
  clause: Clause,
  { builder, keys }: { builder: DocumentBuilder; keys: readonly Value[] },
): void {
  for (let branch: Clause | undefined = clause; branch !== undefined; branch = branch.otherwise) {
    const before = builder.writes;
    branch.run(machine, frameFor(branch, builder, keys));
    if (builder.writes > before) return;
  }
}
