import { refText } from "#server/rego/text-of.ts";
import { equal, type Value } from "#server/rego/values/value.ts";
import type { Clause } from "./clause.ts";
import type { Definition } from "./definition.ts";
import { type Frame, type Machine, undefinedResult } from "./machine.ts";
import { conflict } from "./terms.ts";

/** The value of a complete rule, remembered for as long as the documents stay as they are. */
export function evalComplete(machine: Machine, definition: Definition): Value | undefined {
  const known = machine.cache.results[definition.id];
  if (known !== undefined) return known === undefinedResult ? undefined : known;
  const { cache } = machine;
  machine.enter();
  const value = runClauses(machine, definition, []);
  machine.depth--;
  cache.results[definition.id] = value === undefined ? undefinedResult : value;
  return value;
}

/** All clauses that hold must agree; the default speaks where none does. */
export function runClauses(machine: Machine, definition: Definition, given: readonly Value[]): Value | undefined {
  let result: Value | undefined;
  for (const clause of definition.candidates(machine, given)) {
    if (result !== undefined && definition.agrees) return result;
    const value = runClause(machine, clause, given);
    if (value === undefined) continue;
    if (result === undefined) result = value;
    else if (!equal(result, value)) throw conflict(clause.rule.loc, conflictMessage(definition));
  }
  if (result !== undefined) return result;
  const { fallback } = definition;
  return fallback === undefined ? undefined : runClause(machine, fallback, given);
}

function conflictMessage(definition: Definition): string {
  return definition.kind === "function"
    ? "functions must not produce multiple outputs for same inputs"
    : "complete rules must not produce multiple outputs";
}

/** The first of a rule and its else branches that holds. */
export function runClause(machine: Machine, clause: Clause, given: readonly Value[]): Value | undefined {
  for (let branch: Clause | undefined = clause; branch !== undefined; branch = branch.otherwise) {
    const frame: Frame = new Array(branch.size);
    for (let i = 0; i < given.length; i++) frame[i + 1] = given[i];
    branch.run(machine, frame);
    const value = frame[0] as Value | undefined;
    if (value !== undefined) return value;
    machine.recorder?.rule(branch.rule.head.loc, refText(branch.rule.head.ref), false);
  }
  return undefined;
}
