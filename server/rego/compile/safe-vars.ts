import { type Body, type Expr, isTerm, operatorName, type RefTerm, type Term, type With } from "#server/rego/ast.ts";
import { childTerms, visitTerms } from "#server/rego/walk.ts";
import { unifiedVars } from "./unified-vars.ts";

/** A set of names, or several looked at as one. */
export type Names = { has(name: string): boolean };
/** The number of operands of a function, or -1 where there is no such function. */
export type Arity = (operator: RefTerm) => number;

const isRoot = (name: string) => name === "input" || name === "data";

/** The variables a term needs or gives itself: not those inside closures nor function names. */
export function addVars(term: Term, names: Set<string>): void {
  if (term.type === "var") names.add(term.name);
  else if (term.type === "call") for (const arg of term.args) addVars(arg, names);
  else if (!("body" in term) && term.type !== "template") for (const child of childTerms(term)) addVars(child, names);
}

export function exprVars(expr: Expr): Set<string> {
  const names = new Set<string>();
  const { node } = expr;
  if (isTerm(node)) addVars(node, names);
  else if (node.type === "every") addVars(node.domain, names);
  else if (node.type === "someIn") {
    for (const term of [node.key, node.value, node.domain]) if (term !== undefined) addVars(term, names);
  }
  for (const modifier of expr.withs) addWithVars(modifier, names);
  names.delete("input");
  names.delete("data");
  return names;
}

function addWithVars({ target, value, ofFunction, byFunction }: With, names: Set<string>): void {
  if (target.type === "ref" && ofFunction !== true) for (const part of target.parts) addVars(part, names);
  if (byFunction !== true) addVars(value, names);
}

export function bodyVars(body: Body): Set<string> {
  const names = new Set<string>();
  for (const expr of body) for (const name of exprVars(expr)) names.add(name);
  return names;
}

/** Every variable inside the closures of an expression, nested ones included. */
export function closureVars(expr: Expr): Set<string> {
  const names = new Set<string>();
  const all = (term: Term) => {
    if (term.type === "var") names.add(term.name);
    return false;
  };
  const closures = (term: Term) => {
    const isClosure = "body" in term || term.type === "template";
    if (isClosure) visitTerms(term, all);
    return isClosure;
  };
  const { node } = expr;
  for (const term of isTerm(node) ? [node] : node.type === "some" ? [] : [node.value, node.domain])
    visitTerms(term, closures);
  if (node.type === "every")
    for (const inner of node.body) for (const name of [...exprVars(inner), ...closureVars(inner)]) names.add(name);
  for (const { value } of expr.withs) visitTerms(value, closures);
  return names;
}

/** The variables an expression binds once those in `safe` are bound. */
export function outputVars(expr: Expr, safe: Names, arity: Arity): Set<string> {
  const outputs = new Set<string>();
  if (expr.negated || expr.node.type === "some" || !withsAreSafe(expr, safe)) return outputs;
  const known: Names = { has: (name) => safe.has(name) || outputs.has(name) };
  const add = (name: string) => {
    if (!known.has(name)) outputs.add(name);
  };
  const { node } = expr;
  if (!isTerm(node)) {
    for (const name of refOutputs(node.domain, known)) add(name);
    if (node.type === "someIn") addSomeInOutputs(node, known, add);
    return outputs;
  }
  for (const name of refOutputs(node, known)) add(name);
  if (node.type !== "call") return outputs;
  const name = operatorName(node);
  if (name === "eq" && node.args.length === 2) {
    for (const output of unifiedVars(node.args[0] as Term, node.args[1] as Term, known)) add(output);
    return outputs;
  }
  addCallOutput(node, arity(node.operator), known, add);
  return outputs;
}

function withsAreSafe(expr: Expr, safe: Names): boolean {
  const names = new Set<string>();
  for (const modifier of expr.withs) addWithVars(modifier, names);
  for (const name of names) if (!safe.has(name) && !isRoot(name)) return false;
  return true;
}

function addSomeInOutputs(
  node: Extract<Expr["node"], { type: "someIn" }>,
  known: Names,
  add: (name: string) => void,
): void {
  const inputs = new Set<string>();
  addVars(node.domain, inputs);
  for (const name of inputs) if (!known.has(name) && !isRoot(name)) return;
  if (node.key !== undefined) for (const name of patternOutputs(node.key)) add(name);
  for (const name of patternOutputs(node.value)) add(name);
}

/** The one operand beyond a function's own takes its result. */
function addCallOutput(
  call: Extract<Term, { type: "call" }>,
  arity: number,
  known: Names,
  add: (name: string) => void,
): void {
  if (arity < 0 || call.args.length <= arity) return;
  const inputs = new Set<string>();
  for (const arg of call.args.slice(0, arity)) addLooseVars(arg, inputs);
  for (const name of inputs) if (!known.has(name) && !isRoot(name)) return;
  for (const arg of call.args.slice(arity)) for (const name of patternOutputs(arg)) add(name);
}

/** As OPA sees the inputs of a call that gives a result: heads of references, sets and keys are left to other checks. */
function addLooseVars(term: Term, names: Set<string>): void {
  if (term.type === "var") names.add(term.name);
  else if (term.type === "ref") for (const part of term.parts.slice(1)) addLooseVars(part, names);
  else if (term.type === "object") for (const [, value] of term.entries) addLooseVars(value, names);
  else if (term.type === "array") for (const item of term.items) addLooseVars(item, names);
  else if (term.type === "call") for (const arg of term.args) addLooseVars(arg, names);
}

/** What matching a pattern binds: not in sets, object keys or references. */
export function patternOutputs(pattern: Term): string[] {
  if (pattern.type === "var") return [pattern.name];
  if (pattern.type === "array") return pattern.items.flatMap(patternOutputs);
  return pattern.type === "object" ? pattern.entries.flatMap(([, value]) => patternOutputs(value)) : [];
}

/** The variables that walking the references of a term binds: `xs[i]` gives `i` once `xs` is known. */
function refOutputs(term: Term, safe: Names): Set<string> {
  const outputs = new Set<string>();
  const known = (name: string) => safe.has(name) || outputs.has(name) || isRoot(name);
  const visit = (inner: Term): void => {
    if ("body" in inner || inner.type === "template") return;
    if (inner.type === "call") {
      for (const arg of inner.args) visit(arg);
      return;
    }
    for (const child of childTerms(inner)) visit(child);
    if (inner.type !== "ref" || !headIsKnown(inner.parts[0] as Term, known)) return;
    for (const part of inner.parts.slice(1)) for (const name of partOutputs(part)) outputs.add(name);
  };
  for (let size = -1; size < outputs.size; ) {
    size = outputs.size;
    visit(term);
  }
  return outputs;
}

function headIsKnown(head: Term, known: (name: string) => boolean): boolean {
  const names = new Set<string>();
  addVars(head, names);
  return [...names].every(known);
}

function partOutputs(part: Term): string[] {
  if (part.type === "var") return [part.name];
  if (part.type === "array") return part.items.flatMap(partOutputs);
  if (part.type === "object")
    return part.entries.flatMap(([key, value]) => [...partOutputs(key), ...partOutputs(value)]);
  return [];
}
