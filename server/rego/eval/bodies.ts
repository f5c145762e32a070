import { type Body, type CallTerm, type Every, type Expr, isTerm, operatorName, type Term } from "#server/rego/ast.ts";
import { arityOf, builtinName, isRelation } from "#server/rego/compile/signatures.ts";
import { hoist } from "./hoist.ts";
import { addSomeIn, iteration } from "./iterate.ts";
import { compileMatch } from "./patterns.ts";
import type { Plan } from "./plan.ts";
import { addPrint } from "./prints.ts";
import { addRelation } from "./relations.ts";
import { compileTerm } from "./terms.ts";
import { addUnify } from "./unify.ts";
import { addWith } from "./with.ts";

/** Adds a body's expressions in the order safety gave them. */
export function addBody(plan: Plan, body: Body): void {
  for (const expr of body) addExpr(plan, expr);
}

export function addExpr(plan: Plan, expr: Expr): void {
  if (plan.program.instrument && expr.generated !== true) addRecording(plan, expr);
  addWith(plan, expr.withs, (inner) => (expr.negated ? addNegation(inner, expr) : addPositive(inner, expr)));
}

function addRecording(plan: Plan, { loc }: Expr): void {
  plan.add((next) => (machine, frame) => {
    machine.recorder?.expression(loc);
    return next(machine, frame);
  });
}

/** Holds where the expression has no solution; binds nothing. */
function addNegation(plan: Plan, expr: Expr): void {
  const inner = plan.inner();
  addPositive(inner, expr);
  const found = inner.finish(() => true);
  plan.add((next) => (machine, frame) => !found(machine, frame) && next(machine, frame));
}

function addPositive(plan: Plan, { node }: Expr): void {
  if (node.type === "some") return;
  if (node.type === "every") {
    addEvery(plan, node);
    return;
  }
  if (node.type === "someIn") {
    const domain = hoist(plan, node.domain);
    addSomeIn(plan, { ...node, domain });
    return;
  }
  if (!isTerm(node)) return;
  if (node.type === "call") {
    addCall(plan, node);
    return;
  }
  addTruth(plan, hoist(plan, node));
}

/** Defined and not false. */
function addTruth(plan: Plan, term: Term): void {
  if (term.type === "scalar" && term.value !== false) return;
  const get = compileTerm(plan, term);
  plan.add((next) => (machine, frame) => {
    const value = get(machine, frame);
    return value !== undefined && value !== false && next(machine, frame);
  });
}

function addCall(plan: Plan, call: Extract<Term, { type: "call" }>): void {
  const name = operatorName(call);
  if (name === "print" && plan.program.isBuiltinPrint(call)) {
    addPrint(plan, call);
    return;
  }
  if (name === undefined && builtinName(call.operator.parts) === "internal.test_case") {
    addTestCase(plan, call);
    return;
  }
  if (name === "eq" && call.args.length === 2) {
    const [a, b] = call.args.map((arg) => hoist(plan, arg));
    addUnify(plan, a as Term, b as Term);
    return;
  }
  const arity = arityOf(plan.program.root, call.operator);
  const args = call.args.map((arg, i) => (i < arity ? hoist(plan, arg) : arg));
  const inputs = { ...call, args: args.slice(0, Math.min(arity, args.length)) };
  const output = args.length > arity ? hoist(plan, args[arity] as Term) : undefined;
  const builtin = builtinName(call.operator.parts);
  if (builtin !== undefined && isRelation(builtin)) {
    addRelation(plan, inputs, output ?? plan.temporary(call.loc));
    return;
  }
  if (output === undefined) {
    addTruth(plan, inputs);
    return;
  }
  addUnify(plan, output, inputs);
}

/** Notes that a case of a parameterised test was reached. */
function addTestCase(plan: Plan, call: CallTerm): void {
  const get = compileTerm(plan, call.args[0] as Term);
  plan.add((next) => (machine, frame) => {
    const path = get(machine, frame);
    if (path !== undefined) machine.cases.push(path);
    return next(machine, frame);
  });
}

/** Holds if the body does for every element; the domain must be a collection. */
function addEvery(plan: Plan, node: Every): void {
  const domain = compileTerm(plan, hoist(plan, node.domain));
  const inner = plan.inner();
  inner.bound.delete(node.value.name);
  const key = node.key === undefined ? undefined : compileMatch(inner, node.key);
  const value = compileMatch(inner, node.value);
  addBody(inner, node.body);
  const holds = inner.finish(() => true);
  const fails = iteration((machine, frame, k, v) => {
    key?.(machine, frame, k);
    value(machine, frame, v);
    machine.recorder?.keep();
    return !holds(machine, frame);
  }, plan.program.instrument);
  plan.add((next) => (machine, frame) => {
    const collection = domain(machine, frame);
    if (collection === undefined || collection === null || typeof collection !== "object") return false;
    return !fails(machine, frame, collection) && next(machine, frame);
  });
}
