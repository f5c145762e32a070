import {
  type Body,
  type CallTerm,
  type Every,
  type Expr,
  expression,
  isTerm,
  operatorName,
  type Rule,
  refOf,
  type SomeIn,
  scalar,
  type Term,
  variable,
  type With,
} from "#server/rego/ast.ts";
import { type Location, type RegoError, regoError } from "#server/rego/errors.ts";
import { refText } from "#server/rego/text-of.ts";
import { visitTerms } from "#server/rego/walk.ts";
import { patternVars } from "./declared.ts";
import { LocalScopes } from "./local-scope.ts";
import { unusedNames } from "./unused-vars.ts";

/**
 * Gives every declared variable a name of its own, so that later stages need no scopes, and turns `:=`
 * into unification. Finds redeclarations and declarations without use.
 */
export class LocalVars {
  readonly errors: RegoError[] = [];
  private scopes: LocalScopes;
  private count = 0;
  private readonly strict: boolean;

  constructor(strict: boolean) {
    this.strict = strict;
    this.scopes = this.newScopes();
  }

  private newScopes(): LocalScopes {
    return new LocalScopes(() => this.count++);
  }

  rule(rule: Rule): void {
    const strictArgs = this.strict ? new Set(rule.head.args?.flatMap(patternVars).map((arg) => arg.name)) : undefined;
    for (let next: Rule | undefined = rule; next !== undefined; next = next.otherwise) this.oneRule(next, strictArgs);
    for (const name of strictArgs ?? []) {
      if (!name.startsWith("$")) {
        this.refuse(rule.loc, `unused argument ${name}. (hint: use _ (wildcard variable) instead)`);
      }
    }
  }

  private oneRule(rule: Rule, unusedArgs: Set<string> | undefined): void {
    this.scopes = this.newScopes();
    const { head } = rule;
    const argNames = new Set(head.args?.flatMap(patternVars).map((arg) => arg.name));
    for (const name of argNames)
      if (!name.startsWith("$")) this.scopes.insert(name, `${name}%${this.count++}`, "argument");
    const rename = (term: Term) => this.term(term);
    head.args = head.args?.map(rename);
    for (const name of argNames) this.scopes.top.count.set(name, 1);
    const used = new Set<string>();
    for (const term of [head.key, head.value, ...head.ref.slice(1)]) if (term !== undefined) addUsed(term, used);
    rule.body = this.body(rule.body, used);
    head.ref = head.ref.map((part, i) => (i === 0 ? part : this.term(part)));
    if (head.key !== undefined) head.key = this.term(head.key);
    if (head.value !== undefined) head.value = this.term(head.value);
    for (const name of unusedArgs ?? []) if ((this.scopes.top.count.get(name) ?? 0) > 1) unusedArgs?.delete(name);
  }

  /** A query's own variables; its declared ones keep their place in the bindings by their source name. */
  query(body: Body): Body {
    this.scopes = this.newScopes();
    return this.body(body, new Set());
  }

  private refuse(loc: Location, message: string): void {
    this.errors.push(regoError("rego_compile_error", loc, message));
  }

  private body(body: Body, used: Set<string>): Body {
    const before = this.errors.length;
    const renamed = body.flatMap((expr) => this.expr(expr));
    if (this.errors.length === before) {
      for (const { loc, message } of unusedNames({ body, renamed, used, scopes: this.scopes, strict: this.strict })) {
        this.refuse(loc, message);
      }
    }
    return renamed.length > 0 ? renamed : [expression(scalar(true, body[0]?.loc ?? loc0), body[0]?.loc ?? loc0)];
  }

  private expr(expr: Expr): Expr[] {
    const { node } = expr;
    if (node.type === "some") {
      for (const symbol of node.symbols) this.declare(symbol.name, symbol.loc, "declared");
      return [];
    }
    if (node.type === "someIn") return [this.someIn(expr, node)];
    if (node.type === "every") return [this.every(expr, node)];
    if (node.type === "call" && operatorName(node) === "assign" && node.args.length === 2 && node.infix) {
      return [this.assignment(expr, node)];
    }
    return [{ ...expr, node: this.statement(node), withs: this.withs(expr.withs) }];
  }

  /** Only a nested call is told that a local hides its function; here the function is then unknown. */
  private statement(node: Term): Term {
    if (node.type !== "call" || node.infix) return this.term(node);
    const operator = this.ref(node.operator.parts, node.operator.loc);
    const args = node.args.map((arg) => this.term(arg));
    return { ...node, operator: operator.type === "ref" ? operator : refOf([operator], node.loc), args };
  }

  private withs(withs: With[]): With[] {
    return withs.map((modifier) => ({
      ...modifier,
      target: this.withTarget(modifier.target),
      value: this.term(modifier.value),
    }));
  }

  /** `with input as` means the document, even where a local has its name. */
  private withTarget(target: Term): Term {
    if (target.type !== "ref" || target.parts[0]?.type !== "var") return this.term(target);
    const [head, ...rest] = target.parts;
    const isRoot = head.name === "input" || head.name === "data";
    return refOf([isRoot ? head : this.term(head), ...rest.map((part) => this.term(part))], target.loc);
  }

  private declare(name: string, loc: Location, occurrence: "assigned" | "declared"): string {
    const declared = this.scopes.declare(name, occurrence);
    if ("fresh" in declared) return declared.fresh;
    this.refuse(loc, declared.refused);
    return name;
  }

  private someIn(expr: Expr, node: SomeIn): Expr {
    const domain = this.term(node.domain);
    for (const { name, loc } of [
      ...(node.key === undefined ? [] : patternVars(node.key)),
      ...patternVars(node.value),
    ]) {
      if (!name.startsWith("$")) this.declare(name, loc, "declared");
    }
    const key = node.key === undefined ? undefined : this.term(node.key);
    return { ...expr, node: { ...node, key, value: this.term(node.value), domain }, withs: this.withs(expr.withs) };
  }

  private every(expr: Expr, node: Every): Expr {
    const domain = this.term(node.domain);
    const withs = this.withs(expr.withs);
    this.scopes.push();
    const rename = (name: string, loc: Location) =>
      variable(name.startsWith("$") ? name : this.declare(name, loc, "declared"), loc);
    const key = node.key === undefined ? undefined : rename(node.key.name, node.key.loc);
    const value = rename(node.value.name, node.value.loc);
    const body = this.body(node.body, new Set());
    this.scopes.pop();
    return { ...expr, node: { ...node, key, value, domain, body }, withs };
  }

  private assignment(expr: Expr, node: CallTerm): Expr {
    if (expr.negated) this.refuse(expr.loc, "cannot assign vars inside negated expression");
    const right = this.term(node.args[1] as Term);
    const withs = this.withs(expr.withs);
    const left = this.assignee(node.args[0] as Term);
    const operator = refOf([variable("eq", node.loc)], node.operator.loc);
    return { ...expr, node: { ...node, operator, args: [left, right] }, withs };
  }

  private assignee(term: Term): Term {
    switch (term.type) {
      case "var":
        return variable(this.declare(term.name, term.loc, "assigned"), term.loc);
      case "array":
        return { ...term, items: term.items.map((item) => this.assignee(item)) };
      case "object":
        return { ...term, entries: term.entries.map(([key, value]) => [this.term(key), this.assignee(value)]) };
      case "ref":
        if (term.parts.length === 1 && term.parts[0]?.type === "var") return this.assignee(term.parts[0]);
        break;
      case "scalar":
        this.refuse(term.loc, `cannot assign to ${scalarName(term.value)}`);
        return term;
      default:
    }
    this.refuse(term.loc, `cannot assign to ${term.type.toLowerCase()}`);
    return term;
  }

  private term(term: Term): Term {
    const rename = (inner: Term) => this.term(inner);
    switch (term.type) {
      case "scalar":
        return term;
      case "var":
        return { ...term, name: this.scopes.use(term.name) };
      case "ref":
        return this.ref(term.parts, term.loc);
      case "call":
        return this.call(term);
      case "array":
      case "set":
        return { ...term, items: term.items.map(rename) };
      case "object":
        return { ...term, entries: term.entries.map(([key, value]) => [rename(key), rename(value)]) };
      case "template":
        return { ...term, parts: term.parts.map((part) => (typeof part === "string" ? part : this.hole(part))) };
      default:
        return this.comprehension(term);
    }
  }

  private ref(parts: Term[], loc: Location): Term {
    const [head, ...rest] = parts;
    if (head?.type !== "var")
      return refOf(
        parts.map((part) => this.term(part)),
        loc,
      );
    const isRoot = head.name === "input" || head.name === "data";
    const first = isRoot && !this.scopes.isShadowed(head.name) ? head : (this.term(head) as typeof head);
    if (rest.length === 0 && first !== head) return first;
    return refOf([first, ...rest.map((part) => this.term(part))], loc);
  }

  private call(term: CallTerm): Term {
    if (!term.infix) {
      for (const part of term.operator.parts) {
        if (part.type === "var" && this.scopes.isShadowed(part.name)) {
          this.refuse(term.loc, `called function ${refText(term.operator.parts)} shadowed`);
          break;
        }
      }
    }
    return { ...term, args: term.args.map((arg) => this.term(arg)) };
  }

  private hole(expr: Expr): Expr {
    this.scopes.push();
    const node = isTerm(expr.node) ? this.term(expr.node) : expr.node;
    const hole = { ...expr, node, withs: this.withs(expr.withs) };
    this.scopes.pop();
    return hole;
  }

  private comprehension(term: Extract<Term, { body: Body }>): Term {
    const used = new Set<string>();
    for (const head of term.type === "objectComprehension" ? [term.key, term.value] : [term.head]) addUsed(head, used);
    this.scopes.push();
    const body = this.body(term.body, used);
    const renamed: Term =
      term.type === "objectComprehension"
        ? { ...term, key: this.term(term.key), value: this.term(term.value), body }
        : { ...term, head: this.term(term.head), body };
    this.scopes.pop();
    return renamed;
  }
}

const loc0: Location = { file: "", row: 1, col: 1 };

function addUsed(term: Term, used: Set<string>): void {
  visitTerms(term, (inner) => {
    if (inner.type === "var") used.add(inner.name);
    return false;
  });
}

function scalarName(value: unknown): string {
  return value === null ? "null" : typeof value === "object" ? "number" : typeof value;
}
