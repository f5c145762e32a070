import type { Rule, Term } from "#server/rego/ast.ts";
import { refText } from "#server/rego/text-of.ts";
import type { SetBuilder } from "#server/rego/values/rego-set.ts";
import { equal, type Value } from "#server/rego/values/value.ts";
import { addBody } from "./bodies.ts";
import { constantOf } from "./constants.ts";
import type { Definition } from "./definition.ts";
import type { DocumentBuilder } from "./document-builder.ts";
import type { Frame, Get, Machine, Step } from "./machine.ts";
import { compileMatch } from "./patterns.ts";
import { Plan, Slots } from "./plan.ts";
import { compileTerm, conflict } from "./terms.ts";

/** One rule as closures. Slots from 1 on take what is given: arguments, or keys asked for. */
export interface Clause {
  rule: Rule;
  size: number;
  run: Step;
  /** The value does not depend on what the body binds: one solution is enough. */
  constant: boolean;
  otherwise: Clause | undefined;
}

export function compileClause(definition: Definition, rule: Rule, keyCount: number): Clause {
  const plan = new Plan(definition.program, new Slots(rule));
  addGiven(plan, givenPatterns(definition, rule, keyCount));
  addBody(plan, rule.body);
  const { head } = rule;
  const constant = head.value !== undefined && constantOf(head.value) !== undefined;
  const last = lastStep(plan, definition, { rule, constant, keyCount });
  const run = plan.finish(last);
  return {
    rule,
    size: plan.slots.size,
    run,
    constant,
    otherwise: rule.otherwise && compileClause(definition, rule.otherwise, keyCount),
  };
}

function givenPatterns(definition: Definition, rule: Rule, keyCount: number): readonly Term[] {
  if (definition.kind === "function") return rule.head.args ?? [];
  return keyCount === 0 ? [] : definition.keyParts(rule).slice(0, keyCount);
}

/** Binds or compares what is given in slots 1, 2, …; a plain variable simply lives there. */
function addGiven(plan: Plan, patterns: readonly Term[]): void {
  plan.slots.reserve(patterns.length);
  const rest: [number, Term][] = [];
  patterns.forEach((pattern, i) => {
    if (pattern.type === "var" && !plan.bound.has(pattern.name)) {
      plan.slots.alias(pattern.name, i + 1);
      plan.bound.add(pattern.name);
    } else rest.push([i + 1, pattern]);
  });
  for (const [slot, pattern] of rest) {
    const match = compileMatch(plan, pattern);
    plan.add((next) => (machine, frame) => match(machine, frame, frame[slot] as Value) && next(machine, frame));
  }
}

interface Ending {
  rule: Rule;
  constant: boolean;
  keyCount: number;
}

function lastStep(plan: Plan, definition: Definition, ending: Ending): Step {
  const step =
    definition.kind === "set"
      ? addMember(plan, ending)
      : definition.kind === "object"
        ? addEntry(plan, definition, ending)
        : giveValue(plan, definition, ending);
  if (!plan.program.instrument) return step;
  const { loc, ref } = ending.rule.head;
  const name = refText(ref);
  return (machine, frame) => {
    machine.recorder?.rule(loc, name, true);
    return step(machine, frame);
  };
}

function giveValue(plan: Plan, definition: Definition, { rule, constant }: Ending): Step {
  const get = compileTerm(plan, rule.head.value as Term);
  const message =
    definition.kind === "function"
      ? "functions must not produce multiple outputs for same inputs"
      : "complete rules must not produce multiple outputs";
  return (machine, frame) => {
    const value = get(machine, frame);
    const before = frame[0] as Value | undefined;
    if (value === undefined) return false;
    if (before === undefined) frame[0] = value;
    else if (!equal(before, value)) throw conflict(rule.loc, message);
    return constant;
  };
}

function addMember(plan: Plan, { rule, keyCount }: Ending): Step {
  const get = compileTerm(plan, rule.head.key as Term);
  const enough = keyCount > 0;
  return (machine, frame) => {
    const member = get(machine, frame);
    if (member === undefined) return false;
    machine.fuel.grow((frame[0] as SetBuilder).add(member).size);
    return enough;
  };
}

function addEntry(plan: Plan, definition: Definition, { rule, constant, keyCount }: Ending): Step {
  const parts = definition.keyParts(rule);
  const isMember = rule.head.key !== undefined;
  const path = (isMember ? parts.slice(0, -1) : parts).map((part) => compileTerm(plan, part));
  const get = compileTerm(plan, (isMember ? rule.head.key : rule.head.value) as Term);
  const enough = keyCount >= parts.length && constant;
  return (machine, frame) => {
    const keys = valuesOf(path, machine, frame);
    const value = get(machine, frame);
    if (keys === undefined || value === undefined) return false;
    const builder = frame[0] as DocumentBuilder;
    const fits = isMember ? builder.addMember(keys, value) : builder.put(keys, value);
    if (!fits) throw conflict(rule.loc, "object keys must be unique");
    machine.fuel.grow(builder.size);
    return enough;
  };
}

function valuesOf(gets: readonly Get[], machine: Machine, frame: Frame): Value[] | undefined {
  const values: Value[] = [];
  for (const get of gets) {
    const value = get(machine, frame);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}
