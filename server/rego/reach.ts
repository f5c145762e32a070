import { type Expr, isMultiValue, isTerm, type Rule, type Term } from "./ast.ts";
import { findNode, type RuleNode } from "./compile/rule-tree.ts";
import { isDataRef } from "./compile/signatures.ts";
import { refText } from "./text-of.ts";
import { visitBody, visitTerms } from "./walk.ts";

/** What one clause of a rule reads by itself: constant paths, and the rules it asks. */
export interface ClauseReads {
  data: Set<string>;
  input: Set<string>;
  absent: Set<string>;
  asks: Set<RuleNode>;
}

/** What rules come to with the base data they are given, without running them. */
export class Reach {
  private readonly root: RuleNode;
  private readonly given: Record<string, unknown>;
  private readonly reads = new Map<Rule, ClauseReads>();
  private readonly holds = new Map<Rule, boolean>();

  constructor(root: RuleNode, given: Record<string, unknown>) {
    this.root = root;
    this.given = given;
  }

  readsOf(rule: Rule): ClauseReads {
    const known = this.reads.get(rule);
    if (known !== undefined) return known;
    const reads: ClauseReads = { data: new Set(), input: new Set(), absent: new Set(), asks: new Set() };
    this.reads.set(rule, reads);
    const visit = (term: Term): boolean => {
      if (term.type === "ref") this.note(term.parts, reads);
      return false;
    };
    visitBody(rule.body, visit);
    for (const term of [rule.head.key, rule.head.value]) if (term !== undefined) visitTerms(term, visit);
    return reads;
  }

  private note(parts: readonly Term[], reads: ClauseReads): void {
    const [head] = parts;
    if (head?.type === "var" && head.name === "input") reads.input.add(refText(constantParts(parts)));
    if (!isDataRef(parts)) return;
    const asked = this.asked(parts);
    if (asked !== undefined) {
      for (const node of asked) reads.asks.add(node);
      return;
    }
    const path = refText(constantParts(parts));
    reads.data.add(path);
    if (this.isAbsent(parts)) reads.absent.add(path);
  }

  /** The places with rules that a path reaches; undefined where it reaches base data only. */
  private asked(parts: readonly Term[]): RuleNode[] | undefined {
    for (let length = 1; length <= parts.length; length++) {
      const node = findNode(this.root, parts.slice(1, length));
      if (node === undefined) return undefined;
      if (node.rules.length > 0) return [node];
    }
    const node = findNode(this.root, parts.slice(1));
    return node === undefined ? undefined : [...node.below()].filter(({ rules }) => rules.length > 0);
  }

  private isAbsent(parts: readonly Term[]): boolean {
    let at: unknown = this.given;
    for (const part of constantParts(parts).slice(1)) {
      if (part.type !== "scalar" || typeof at !== "object" || at === null) return true;
      const key = String(part.value);
      at = Object.hasOwn(at, key) ? (at as Record<string, unknown>)[key] : undefined;
      if (at === undefined) return true;
    }
    return false;
  }

  /** Base data that is not there and that a clause reads, through other rules too. Rules never run in circles. */
  absentFor(rule: Rule, seen: Set<RuleNode> = new Set()): Set<string> {
    const { absent, asks } = this.readsOf(rule);
    const found = new Set(absent);
    for (const node of asks) {
      if (seen.has(node) || hasStandIn(node)) continue;
      seen.add(node);
      for (const clause of clausesAt(node)) for (const path of this.absentFor(clause, seen)) found.add(path);
    }
    return found;
  }

  /** False where something the clause cannot do without is not there. */
  canHold(rule: Rule): boolean {
    const known = this.holds.get(rule) ?? this.finds(rule);
    this.holds.set(rule, known);
    return known;
  }

  private finds({ head, body }: Rule): boolean {
    if (head.value !== undefined && this.lacks(head.value)) return false;
    return !body.some((expr) => expr.withs.length === 0 && !expr.negated && this.needed(expr).some(this.lacks));
  }

  private needed({ node }: Expr): Term[] {
    if (isTerm(node)) return [node];
    return node.type === "some" ? [] : [node.domain];
  }

  private readonly lacks = (term: Term): boolean => {
    let isLacking = false;
    visitTerms(term, (inner) => {
      // A comprehension over nothing is empty, a template over nothing says so.
      if (inner.type.endsWith("Comprehension") || inner.type === "template") return true;
      if (inner.type === "ref" && isDataRef(inner.parts)) isLacking ||= this.isUndefined(inner.parts);
      return isLacking;
    });
    return isLacking;
  };

  private isUndefined(parts: readonly Term[]): boolean {
    const asked = this.asked(parts);
    if (asked === undefined) return this.isAbsent(parts);
    const [node] = asked;
    if (asked.length !== 1 || node === undefined || findNode(this.root, parts.slice(1))?.rules.length === 0)
      return false;
    return (
      node.rules.every((rule) => !isMultiValue(rule.head) && rule.head.key === undefined) && !this.somethingHolds(node)
    );
  }

  private somethingHolds(node: RuleNode): boolean {
    return clausesAt(node).some((clause) => this.canHold(clause));
  }
}

/** A default that is a value stands in for what is not there; one that is false or true is an answer like any other. */
function hasStandIn({ rules }: RuleNode): boolean {
  return rules.some(({ isDefault, head: { value } }) => {
    const isAnswer = value?.type === "scalar" && typeof value.value === "boolean";
    return isDefault && !isAnswer;
  });
}

function clausesAt({ rules }: RuleNode): Rule[] {
  return rules.flatMap((rule) => (rule.otherwise === undefined ? [rule] : [rule, ...laterBranches(rule)]));
}

function laterBranches(rule: Rule): Rule[] {
  const branches: Rule[] = [];
  for (let next = rule.otherwise; next !== undefined; next = next.otherwise) branches.push(next);
  return branches;
}

function constantParts(parts: readonly Term[]): Term[] {
  const end = parts.findIndex((part, i) => i > 0 && part.type !== "scalar");
  return end < 0 ? [...parts] : parts.slice(0, end);
}
