import type { RefTerm, SomeIn, Term } from "#server/rego/ast.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { RegoSet } from "#server/rego/values/rego-set.ts";
import { isArray, type Value } from "#server/rego/values/value.ts";
import { dataWalk } from "./data-refs.ts";
import { lookup } from "./lookup.ts";
import type { Frame, Get, Machine, Walk } from "./machine.ts";
import { compileMatch, type Match } from "./patterns.ts";
import type { Plan } from "./plan.ts";
import { readBelow, visitRecorded } from "./recorded-refs.ts";
import { compileTerm } from "./terms.ts";

/** One step down a reference: to a key that is known, or to every key that fits. */
export type Part = { known: Get } | { slot: number } | { match: Match };

/** The parts of a reference in order; each may use what those before it bind. */
export function compileParts(plan: Plan, parts: readonly Term[]): Part[] {
  return parts.map((part): Part => {
    if (!plan.hasUnbound(part)) return { known: compileTerm(plan, part) };
    if (part.type === "var") return { slot: plan.bind(part.name) };
    return { match: compileMatch(plan, part) };
  });
}

/** A reference with unbound variables: gives `target` each value, binding the variables. */
export function addWalk(plan: Plan, ref: RefTerm, target: Term): void {
  const [head, ...rest] = ref.parts;
  if (head?.type === "var" && head.name === "data") {
    const walk = dataWalk(plan, rest);
    const match = compileMatch(plan, target);
    plan.add((next) => walk((machine, frame, value) => match(machine, frame, value) && next(machine, frame)));
    return;
  }
  const start = compileTerm(
    plan,
    head?.type === "var" && head.name === "input" ? { ...ref, parts: [head] } : (head as Term),
  );
  const parts = compileParts(plan, rest);
  const match = compileMatch(plan, target);
  plan.add((next) => {
    const done: Walk = (machine, frame, value) => match(machine, frame, value) && next(machine, frame);
    const walk = walkParts(parts, done, plan.program.instrument);
    return (machine, frame) => {
      const value = start(machine, frame);
      return value !== undefined && walk(machine, frame, value);
    };
  });
}

/** Goes down all parts from a value, then on to `done`. */
export function walkParts(parts: readonly Part[], done: Walk, recorded: boolean): Walk {
  return parts.reduceRight((next, part) => walkPart(part, next, recorded), done);
}

function walkPart(part: Part, next: Walk, recorded: boolean): Walk {
  if ("known" in part) {
    const { known } = part;
    return (machine, frame, value) => {
      const key = known(machine, frame);
      const below = key === undefined ? undefined : lookup(value, key);
      if (recorded && key !== undefined) readBelow(machine, value, key);
      return below !== undefined && next(machine, frame, below);
    };
  }
  if ("slot" in part) {
    const { slot } = part;
    return iteration((machine, frame, key, value) => {
      frame[slot] = key;
      return next(machine, frame, value);
    }, recorded);
  }
  const { match } = part;
  return iteration((machine, frame, key, value) => match(machine, frame, key) && next(machine, frame, value), recorded);
}

export type Visit = (machine: Machine, frame: Frame, key: Value, value: Value) => boolean;

/** Visits the elements of an array, an object in the order of its keys, or a set; nothing else has any. */
export function iteration(visitItem: Visit, recorded: boolean): Walk {
  return recorded
    ? (machine, frame, value) => recordedIteration(visitItem, value)(machine, frame, value)
    : plainIteration(visitItem);
}

function recordedIteration(visit: Visit, collection: Value): Walk {
  return plainIteration((machine, frame, key, item) =>
    visitRecorded(machine, { collection, key, item }, () => visit(machine, frame, key, item)),
  );
}

function plainIteration(visit: Visit): Walk {
  return (machine, frame, value) => {
    if (isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        machine.fuel.tick();
        if (visit(machine, frame, i, value[i] as Value)) return true;
      }
    } else if (value instanceof RegoObject) {
      for (const key of value.keys()) {
        machine.fuel.tick();
        if (visit(machine, frame, key, value.get(key) as Value)) return true;
      }
    } else if (value instanceof RegoSet) {
      for (const member of value.sorted()) {
        machine.fuel.tick();
        if (visit(machine, frame, member, member)) return true;
      }
    }
    return false;
  };
}

/** `some k, v in xs`. The domain has no unbound variables left. */
export function addSomeIn(plan: Plan, node: SomeIn): void {
  const domain = compileTerm(plan, node.domain);
  const key = node.key === undefined ? undefined : compileMatch(plan, node.key);
  const value = compileMatch(plan, node.value);
  plan.add((next) => {
    const walk = iteration((machine, frame, k, v) => {
      if (key !== undefined && !key(machine, frame, k)) return false;
      return value(machine, frame, v) && next(machine, frame);
    }, plan.program.instrument);
    return (machine, frame) => {
      const collection = domain(machine, frame);
      return collection !== undefined && walk(machine, frame, collection);
    };
  });
}
