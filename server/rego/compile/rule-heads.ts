import {
  type Body,
  callOf,
  type Expr,
  expression,
  type Head,
  type Rule,
  type Term,
  variable,
} from "#server/rego/ast.ts";
import { type RegoError, regoError } from "#server/rego/errors.ts";
import { visitBody, visitTerms } from "#server/rego/walk.ts";

/**
 * Leaves only constants, variables and collections of them in rule heads: what must be computed moves
 * into the body, where it is ordered and checked like any other expression.
 */
export class RuleHeads {
  readonly errors: RegoError[] = [];
  private count = 0;

  rule(rule: Rule): void {
    const { head } = rule;
    this.checkArguments(head);
    const extra: Expr[] = [];
    const move = (term: Term) => this.moved(term, extra);
    head.args = head.args?.map((arg) => this.argument(arg, extra));
    head.ref = head.ref.map((part, i) =>
      i === 0 || part.type === "var" || part.type === "scalar" ? part : move(part),
    );
    if (head.key !== undefined && isComputed(head.key)) head.key = move(head.key);
    if (head.value !== undefined && isComputed(head.value)) head.value = move(head.value);
    rule.body.push(...extra);
    this.comprehensions(rule.body);
    if (rule.otherwise !== undefined) this.rule(rule.otherwise);
  }

  private checkArguments(head: Head): void {
    for (const arg of head.args ?? []) {
      visitTerms(arg, (term) => {
        if (term.type === "call") {
          this.errors.push(regoError("rego_compile_error", arg.loc, "rule arguments cannot contain calls"));
        }
        return term.type === "call" || term.type === "template";
      });
    }
  }

  /** The same for the heads of the comprehensions in a body, in place. */
  comprehensions(body: Body): void {
    visitBody(body, (term) => {
      if (!("body" in term)) return false;
      const extra: Expr[] = [];
      const move = (head: Term) => (isComputed(head) ? this.moved(head, extra) : head);
      if (term.type === "objectComprehension") {
        term.key = move(term.key);
        term.value = move(term.value);
      } else term.head = move(term.head);
      term.body.push(...extra);
      return false;
    });
  }

  private moved(term: Term, extra: Expr[]): Term {
    const local = variable(`%h${this.count++}`, term.loc);
    extra.push({ ...expression(callOf("eq", [local, term], term.loc), term.loc), generated: true });
    return local;
  }

  private argument(arg: Term, extra: Expr[]): Term {
    if (arg.type === "array") return { ...arg, items: arg.items.map((item) => this.argument(item, extra)) };
    if (arg.type === "object") {
      return { ...arg, entries: arg.entries.map(([key, value]) => [key, this.argument(value, extra)]) };
    }
    return arg.type === "var" || arg.type === "scalar" ? arg : this.moved(arg, extra);
  }
}

/** Holds a reference, a call or a closure: has no value until the body gives one. */
export function isComputed(term: Term): boolean {
  let computed = false;
  visitTerms(term, (inner) => {
    if (["ref", "call", "template"].includes(inner.type) || "body" in inner) computed = true;
    return computed;
  });
  return computed;
}
