import type { Body, CallTerm, Rule, Term } from "#server/rego/ast.ts";
import { type RegoError, regoError } from "#server/rego/errors.ts";
import { refText } from "#server/rego/text-of.ts";
import { visitBody, visitTerms } from "#server/rego/walk.ts";
import type { RuleNode } from "./rule-tree.ts";
import { arityOf, builtinName, functionNode, isDataRef, signatureOf } from "./signatures.ts";

/** Every call in a rule and its else branches, closures included. */
export function visitCalls(rule: Rule, visit: (call: CallTerm) => void): void {
  const onTerm = (term: Term) => {
    if (term.type === "call") visit(term);
    return false;
  };
  for (let next: Rule | undefined = rule; next !== undefined; next = next.otherwise) {
    visitBody(next.body, onTerm);
    for (const term of [next.head.key, next.head.value]) if (term !== undefined) visitTerms(term, onTerm);
  }
}

export function visitBodyCalls(body: Body, visit: (call: CallTerm) => void): void {
  visitBody(body, (term) => {
    if (term.type === "call") visit(term);
    return false;
  });
}

/** Calls of functions nobody wrote, and calls of user functions with too few or too many operands. */
export function checkCall(call: CallTerm, root: RuleNode): RegoError | undefined {
  const { parts } = call.operator;
  const node = functionNode(root, call.operator);
  if (node === undefined) {
    const name = isDataRef(parts) ? undefined : builtinName(parts);
    if (name !== undefined && signatureOf(name) !== undefined) return undefined;
    const shadows = hint(call, root);
    return regoError("rego_type_error", call.loc, `undefined function ${refText(parts)}${shadows}`);
  }
  const arity = arityOf(root, call.operator);
  const given = call.args.length;
  if (given === arity || (call.statement === true && given === arity + 1)) return undefined;
  const plural = given === 1 ? "argument" : "arguments";
  return regoError(
    "rego_type_error",
    call.loc,
    `function ${refText(parts)} has arity ${arity}, got ${given} ${plural}`,
  );
}

/** A rule that has the first name of a built-in hides it: say so. */
function hint(call: CallTerm, root: RuleNode): string {
  const { parts } = call.operator;
  for (let i = 1; i < parts.length; i++) {
    const tail = parts.slice(i);
    const [first] = tail;
    if (first?.type !== "scalar" || !isDataRef(parts)) continue;
    const name = tail.map((part) => (part.type === "scalar" ? String(part.value) : "?")).join(".");
    if (signatureOf(name) === undefined || root.children.size === 0) continue;
    return ` (the rule ${String(first.value)} shadows the built-in function ${name}: rename the rule)`;
  }
  return "";
}
