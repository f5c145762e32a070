import { expression, type Rule, scalar, type Term } from "#server/rego/ast.ts";
import { visitTerms } from "#server/rego/walk.ts";
import type { Stream } from "./stream.ts";

/** A default's value is constant outside comprehensions, its arguments are distinct variables. */
export function checkDefaultRule(stream: Stream, rule: Rule): void {
  const { head, loc } = rule;
  const refuse = (reason: string): never => stream.fail(`illegal default rule (${reason})`, loc);
  if (head.value === undefined || head.generatedValue) refuse("must have a value");
  visitTerms(head.value as Term, (term) => {
    if (term.type === "ref" || term.type === "var" || term.type === "call") refuse(`value cannot contain ${term.type}`);
    return term.type.endsWith("Comprehension");
  });
  const names = new Set<string>();
  for (const arg of head.args ?? []) {
    if (arg.type !== "var") {
      if (!rule.module.strictSyntax) continue;
      stream.fail(`illegal default rule (arguments cannot contain ${arg.type})`, loc);
    }
    if (names.has(arg.name)) refuse(`arguments cannot be repeated ${arg.name}`);
    names.add(arg.name);
  }
  rule.body = [expression(scalar(true, loc), loc)];
  rule.generatedBody = true;
  if (stream.isWord("if") || stream.isSymbol("{")) stream.unexpected("a default rule has no body");
}
