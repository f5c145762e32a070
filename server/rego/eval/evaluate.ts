import { type Body, isTerm, operatorName, type Term } from "#server/rego/ast.ts";
import { nowhere, RegoErrors, regoError } from "#server/rego/errors.ts";
import { guardEvaluation } from "#server/rego/guard.ts";
import { parseQuery } from "#server/rego/parser/module.ts";
import { sourceName } from "#server/rego/text-of.ts";
import type { Value } from "#server/rego/values/value.ts";
import { addExpr } from "./bodies.ts";
import { type Budget, Fuel } from "./budget.ts";
import { resolve } from "./data-refs.ts";
import { hoist } from "./hoist.ts";
import { type Frame, type Get, Machine, type Print, type Step } from "./machine.ts";
import { Plan, Slots } from "./plan.ts";
import type { Program } from "./program.ts";
import { randomFrom } from "./random.ts";
import type { Recorder } from "./recorder.ts";
import { compileTerm } from "./terms.ts";
import { addWith } from "./with.ts";

export interface RunOptions {
  input: Value | undefined;
  data: Value;
  budget: Budget;
  now: Date;
  timeZone: string;
  seed: number;
  strict: boolean;
  recorder: Recorder | undefined;
}

export interface Solution {
  bindings: Map<string, Value>;
  expressions: Value[];
}

export interface Outcome {
  solutions: Solution[];
  prints: readonly Print[];
  cases: readonly Value[];
  steps: number;
}

function newMachine(options: RunOptions): Machine {
  const fuel = new Fuel(options.budget);
  return new Machine({
    ...options,
    fuel,
    context: {
      nowNs: BigInt(options.now.getTime()) * 1_000_000n,
      random: randomFrom(options.seed),
      timeZone: options.timeZone,
      cache: new Map(),
      charge: (amount) => fuel.charge(amount),
    },
  });
}

export function evalPath(program: Program, keys: readonly Value[], options: RunOptions): Outcome {
  const machine = newMachine(options);
  const value = guardEvaluation(() => resolve(machine, program, keys));
  const solutions = value === undefined ? [] : [{ bindings: new Map(), expressions: [value] }];
  return { solutions, prints: machine.prints, cases: machine.cases, steps: machine.fuel.used };
}

/** `data.a.b` as keys below `data`. */
export function pathKeys(path: string): Value[] {
  const [expr] = parseQuery(path);
  const term = expr?.node;
  const parts = term?.type === "ref" ? term.parts : [];
  const [head, ...rest] = parts;
  if (head?.type !== "var" || head.name !== "data" || !rest.every((part) => part.type === "scalar")) {
    throw new RegoErrors([regoError("rego_parse_error", nowhere, `${path} is not the path of a document below data`)]);
  }
  return rest.map((part) => (part.type === "scalar" ? part.value : null));
}

export function evalQuery(program: Program, body: Body, options: RunOptions): Outcome {
  return guardEvaluation(() => {
    const machine = newMachine(options);
    const solutions: Solution[] = [];
    const { run, size } = planQuery(program, body, solutions);
    run(machine, new Array(size));
    return { solutions, prints: machine.prints, cases: machine.cases, steps: machine.fuel.used };
  });
}

/** A lone term is captured even if it is false, as `opa eval` does. */
function planQuery(program: Program, body: Body, solutions: Solution[]): { run: Step; size: number } {
  const plan = new Plan(program, new Slots());
  const values: Get[] = [];
  for (const expr of body) {
    if (expr.negated || !isTerm(expr.node) || operatorName(expr.node) === "eq" || operatorName(expr.node) === "print") {
      addExpr(plan, expr);
      if (expr.generated !== true) values.push(() => true);
      continue;
    }
    const slot = plan.slots.of(`%q${plan.slots.size}`);
    const node: Term = expr.node;
    addWith(plan, expr.withs, (inner) => captureTerm(inner, node, { slot, mustHold: body.length > 1 }));
    values.push((_, frame) => frame[slot] as Value);
  }
  const names = [...plan.bound].filter((name) => !name.startsWith("$") && !name.startsWith("%"));
  const slots = names.map((name) => [sourceName(name), plan.slots.of(name)] as const);
  const run = plan.finish((machine, frame: Frame) => {
    const bindings = new Map(slots.map(([name, slot]) => [name, frame[slot] as Value]));
    solutions.push({ bindings, expressions: values.map((get) => get(machine, frame) as Value) });
    machine.fuel.grow(solutions.length);
    return false;
  });
  return { run, size: plan.slots.size };
}

function captureTerm(plan: Plan, node: Term, { slot, mustHold }: { slot: number; mustHold: boolean }): void {
  const get = compileTerm(plan, hoist(plan, node));
  plan.add((next) => (machine, frame) => {
    const value = get(machine, frame);
    if (value === undefined || (mustHold && value === false)) return false;
    frame[slot] = value;
    return next(machine, frame);
  });
}
