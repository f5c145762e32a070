import {
  type Body,
  type CallTerm,
  callOf,
  type Expr,
  expression,
  isTerm,
  operatorName,
  type Term,
  variable,
} from "#server/rego/ast.ts";

/**
 * `not f(g(x))` negates `f` alone: what its operands need is computed before, and must be defined.
 * That is OPA's reading, on which published policies rely.
 */
export class NegatedExprs {
  private count = 0;

  /** Nested calls leave before safety is checked, so that they may bind variables. */
  hoistCalls(body: Body): Body {
    return body.flatMap((expr) => {
      if (!expr.negated || !isTerm(expr.node)) return [expr];
      const before: Expr[] = [];
      const { node } = expr;
      const hoisted =
        node.type === "call" ? this.withoutNestedCalls(node, expr, before) : this.withoutCalls(node, expr, before);
      return [...before, { ...expr, node: hoisted }];
    });
  }

  private moved(term: Term, from: Expr, before: Expr[]): Term {
    const local = variable(`%n${this.count++}`, term.loc);
    const node = callOf("eq", [local, term], term.loc);
    before.push({ ...expression(node, term.loc), withs: from.withs, generated: true });
    return local;
  }

  private withoutNestedCalls(call: CallTerm, from: Expr, before: Expr[]): CallTerm {
    return { ...call, args: call.args.map((arg) => this.withoutCalls(arg, from, before)) };
  }

  private withoutCalls(term: Term, from: Expr, before: Expr[]): Term {
    const inside = (inner: Term) => this.withoutCalls(inner, from, before);
    switch (term.type) {
      case "call":
        return this.moved(this.withoutNestedCalls(term, from, before), from, before);
      case "ref": {
        const [head, ...rest] = term.parts.map(inside);
        const isPlain = head?.type === "var" || head === undefined;
        return { ...term, parts: [isPlain ? (head as Term) : this.moved(head, from, before), ...rest] };
      }
      case "array":
      case "set":
        return { ...term, items: term.items.map(inside) };
      case "object":
        return { ...term, entries: term.entries.map(([key, value]) => [inside(key), inside(value)]) };
      default:
        return term;
    }
  }

  /** References leave after it: a negated expression binds nothing itself. */
  hoistRefs(body: Body): Body {
    return body.flatMap((expr) => {
      if (!expr.negated || !isTerm(expr.node)) return [expr];
      const before: Expr[] = [];
      const { node } = expr;
      const isEquality = ["eq", "equal"].includes(operatorName(node) ?? "");
      const hoisted: Term =
        node.type === "call"
          ? {
              ...node,
              args: node.args.map((arg) =>
                isEquality ? this.withoutInnerRefs(arg, expr, before) : this.withoutRefs(arg, expr, before),
              ),
            }
          : this.withoutInnerRefs(node, expr, before);
      return [...before, { ...expr, node: hoisted }];
    });
  }

  private withoutInnerRefs(term: Term, from: Expr, before: Expr[]): Term {
    if (term.type !== "ref") return this.withoutRefs(term, from, before);
    const [head, ...rest] = term.parts;
    return { ...term, parts: [head as Term, ...rest.map((part) => this.withoutRefs(part, from, before))] };
  }

  private withoutRefs(term: Term, from: Expr, before: Expr[]): Term {
    const inside = (inner: Term) => this.withoutRefs(inner, from, before);
    switch (term.type) {
      case "ref":
        return this.moved(this.withoutInnerRefs(term, from, before), from, before);
      case "array":
      case "set":
        return { ...term, items: term.items.map(inside) };
      case "object":
        return { ...term, entries: term.entries.map(([key, value]) => [inside(key), inside(value)]) };
      default:
        return term;
    }
  }
}
