import { type CallTerm, expression, type Rule, refOf, scalar, type Term, variable } from "#server/rego/ast.ts";
import { dynamicParts, type RuleNode } from "./rule-tree.ts";
import { addVars, outputVars } from "./safe-vars.ts";
import { arityOf } from "./signatures.ts";

export function isTestName(name: string): boolean {
  return name.startsWith("test_") || name.startsWith("todo_test_");
}

/** The parts of a rule's path; a test has one that begins with `test_`. */
export function testName(rule: Rule): string | undefined {
  for (const part of rule.head.ref) {
    const name = part.type === "var" ? part.name : part.type === "scalar" ? part.value : undefined;
    if (typeof name === "string" && isTestName(name)) return name;
  }
  return undefined;
}

/** In `test_x[note] if …`, notes each `note` as soon as it is known: one that then fails is a failed case. */
export function noteTestCases(rule: Rule, root: RuleNode): void {
  const parts = dynamicParts(rule);
  if (parts.length === 0 || rule.head.key !== undefined || testName(rule) === undefined) return;
  const wanted = new Set<string>();
  for (const part of parts) addVars(part, wanted);
  const safe = new Set<string>();
  const at = rule.body.findIndex((expr) => {
    for (const name of outputVars(expr, safe, (operator) => arityOf(root, operator))) safe.add(name);
    return [...wanted].every((name) => safe.has(name));
  });
  if (at < 0) return;
  rule.body.splice(at + 1, 0, { ...expression(noteCall(parts, rule), rule.loc), generated: true });
}

function noteCall(parts: Term[], { loc }: Rule): CallTerm {
  const operator = refOf([variable("internal", loc), scalar("test_case", loc)], loc);
  return { type: "call", operator, args: [{ type: "array", items: parts, loc }], infix: true, loc };
}
