import { isTerm, operatorName, type Rule, type Term } from "#server/rego/ast.ts";
import { refText } from "#server/rego/text-of.ts";
import { RegoNumber } from "#server/rego/values/rego-number.ts";
import { type Key, keyOf, type Value } from "#server/rego/values/value.ts";
import type { Clause } from "./clause.ts";
import { lookup } from "./lookup.ts";
import type { Machine } from "./machine.ts";

/** Where a rule looks for a constant: a path of `input`, or an argument. */
type Subject = { name: string; path: readonly Value[]; argument: number | undefined };

/** Fewer rules than this are tried faster than looked up. */
const worthwhile = 4;

/**
 * Finds the rules whose `input.x == "constant"` (or argument) can hold for the value at hand, without
 * trying the others. One subject serves: the one most rules ask about.
 */
export class RuleIndex {
  private readonly subject: Subject;
  private readonly byValue = new Map<Key, Clause[]>();
  private readonly otherwise: Clause[];

  private constructor(subject: Subject, clauses: readonly Clause[]) {
    this.subject = subject;
    const wanted = clauses.map((clause) => constantsOf(clause.rule).get(subject.name)?.value);
    this.otherwise = clauses.filter((_, i) => wanted[i] === undefined);
    for (const value of wanted) {
      if (value === undefined || this.byValue.has(value)) continue;
      this.byValue.set(
        value,
        clauses.filter((_, i) => wanted[i] === undefined || wanted[i] === value),
      );
    }
  }

  static of(clauses: readonly Clause[]): RuleIndex | undefined {
    if (clauses.length < worthwhile || clauses.some(({ otherwise }) => otherwise !== undefined)) return undefined;
    const counts = new Map<string, { subject: Subject; count: number }>();
    for (const { rule } of clauses) {
      for (const { subject } of constantsOf(rule).values()) {
        const known = counts.get(subject.name);
        if (known === undefined) counts.set(subject.name, { subject, count: 1 });
        else known.count++;
      }
    }
    const [best] = [...counts.values()].sort((a, b) => b.count - a.count);
    return best === undefined || best.count * 2 < clauses.length ? undefined : new RuleIndex(best.subject, clauses);
  }

  candidates(machine: Machine, given: readonly Value[]): readonly Clause[] {
    const { argument, path } = this.subject;
    let value = argument === undefined ? machine.input : given[argument];
    for (let i = 0; i < path.length && value !== undefined; i++) value = lookup(value, path[i] as Value);
    if (value === undefined) return this.otherwise;
    const isComposite = value !== null && typeof value === "object" && !(value instanceof RegoNumber);
    if (isComposite) return this.otherwise;
    return this.byValue.get(keyOf(value)) ?? this.otherwise;
  }
}

/** The constants a rule's body compares with, by what it compares. Only scalars: they are their own key. */
function constantsOf(rule: Rule): Map<string, { subject: Subject; value: Key }> {
  const found = new Map<string, { subject: Subject; value: Key }>();
  for (const { node, negated, withs } of rule.body) {
    if (negated || withs.length > 0 || !isTerm(node) || node.type !== "call" || node.args.length !== 2) continue;
    if (!["eq", "equal"].includes(operatorName(node) ?? "")) continue;
    const [a, b] = node.args as [Term, Term];
    const subject = subjectOf(a, rule) ?? subjectOf(b, rule);
    const value = constantKey(a) ?? constantKey(b);
    if (subject !== undefined && value !== undefined && !found.has(subject.name))
      found.set(subject.name, { subject, value });
  }
  return found;
}

function constantKey(term: Term): Key | undefined {
  const isPlain = term.type === "scalar" && term.value !== null && typeof term.value !== "object";
  return isPlain ? keyOf(term.value) : undefined;
}

function subjectOf(term: Term, rule: Rule): Subject | undefined {
  if (term.type === "var") {
    const argument = rule.head.args?.findIndex((arg) => arg.type === "var" && arg.name === term.name) ?? -1;
    return argument < 0 ? undefined : { name: `argument ${argument}`, path: [], argument };
  }
  if (term.type !== "ref") return undefined;
  const [head, ...rest] = term.parts;
  if (head?.type !== "var" || head.name !== "input") return undefined;
  const path: Value[] = [];
  for (const part of rest) {
    if (part.type !== "scalar") return undefined;
    path.push(part.value);
  }
  return { name: refText(term.parts), path, argument: undefined };
}
