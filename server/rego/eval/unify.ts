import type { ObjectTerm, Term } from "#server/rego/ast.ts";
import { equal } from "#server/rego/values/value.ts";
import { compileMatch } from "./patterns.ts";
import type { Plan } from "./plan.ts";
import { compileTerm } from "./terms.ts";

type Pair = [Term, Term];

/**
 * `a = b` as directed steps: compare what is bound, take apart or assign what is not. Pairs that wait
 * for a variable are tried again after those that bind it.
 */
export function addUnify(plan: Plan, left: Term, right: Term): void {
  let pairs: Pair[] = [[left, right]];
  while (pairs.length > 0) {
    const waiting: Pair[] = [];
    for (const pair of pairs) waiting.push(...unifyPair(plan, pair));
    if (waiting.length === pairs.length && waiting.every((pair, i) => pair === pairs[i])) {
      throw new Error("unification binds nothing: safety should have refused it");
    }
    pairs = waiting;
  }
}

/** Adds what can be done for a pair; gives back what is left of it. */
function unifyPair(plan: Plan, pair: Pair): Pair[] {
  const [a, b] = pair;
  const openA = plan.hasUnbound(a);
  const openB = plan.hasUnbound(b);
  if (!openA && !openB) addComparison(plan, a, b);
  else if (!openB) addMatch(plan, a, b);
  else if (!openA) addMatch(plan, b, a);
  else if (a.type === "array" && b.type === "array") return unifyArrays(plan, a.items, b.items);
  else if (a.type === "object" && b.type === "object") return unifyObjects(plan, a, b) ?? [pair];
  else return [pair];
  return [];
}

function addComparison(plan: Plan, a: Term, b: Term): void {
  const left = compileTerm(plan, a);
  const right = compileTerm(plan, b);
  plan.add((next) => (machine, frame) => {
    const x = left(machine, frame);
    if (x === undefined) return false;
    const y = right(machine, frame);
    return y !== undefined && equal(x, y) && next(machine, frame);
  });
}

function addMatch(plan: Plan, pattern: Term, source: Term): void {
  const get = compileTerm(plan, source);
  if (pattern.type === "var") {
    const slot = plan.bind(pattern.name);
    plan.add((next) => (machine, frame) => {
      const value = get(machine, frame);
      if (value === undefined) return false;
      frame[slot] = value;
      return next(machine, frame);
    });
    return;
  }
  const match = compileMatch(plan, pattern);
  plan.add((next) => (machine, frame) => {
    const value = get(machine, frame);
    return value !== undefined && match(machine, frame, value) && next(machine, frame);
  });
}

function addNever(plan: Plan, terms: readonly Term[]): Pair[] {
  for (const term of terms) bindAll(plan, term);
  plan.add(() => () => false);
  return [];
}

function bindAll(plan: Plan, term: Term): void {
  if (term.type === "var") plan.bind(term.name);
  if (term.type === "array") for (const item of term.items) bindAll(plan, item);
  if (term.type === "object") for (const [, value] of term.entries) bindAll(plan, value);
}

function unifyArrays(plan: Plan, a: readonly Term[], b: readonly Term[]): Pair[] {
  if (a.length !== b.length) return addNever(plan, [...a, ...b]);
  return a.map((item, i) => [item, b[i] as Term]);
}

function unifyObjects(plan: Plan, a: ObjectTerm, b: ObjectTerm): Pair[] | undefined {
  const pairs: Pair[] = [];
  for (const [key, value] of a.entries) {
    if (key.type !== "scalar") return undefined;
    const other = b.entries.find(([candidate]) => candidate.type === "scalar" && equal(candidate.value, key.value));
    if (other === undefined && b.entries.every(([candidate]) => candidate.type === "scalar"))
      return addNever(plan, [a, b]);
    if (other === undefined) return undefined;
    pairs.push([value, other[1]]);
  }
  return a.entries.length === b.entries.length ? pairs : addNever(plan, [a, b]);
}
