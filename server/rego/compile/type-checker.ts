import { type Body, type CallTerm, type Expr, isTerm, operatorName, type Rule, type Term } from "#server/rego/ast.ts";
import type { Location, RegoError } from "#server/rego/errors.ts";
import { regoError } from "#server/rego/errors.ts";
import { refText } from "#server/rego/text-of.ts";
import { keyOf } from "#server/rego/values/value.ts";
import { childExprs, childTerms } from "#server/rego/walk.ts";
import type { RuleNode } from "./rule-tree.ts";
import { RuleTypes } from "./rule-types.ts";
import { builtinName, functionNode, signatureOf } from "./signatures.ts";
import { TypeEnv } from "./type-env.ts";
import { assignType, hasUnknown } from "./type-patterns.ts";
import { RefTypes } from "./type-refs.ts";
import { anyType, fromSpec, keysOf, or, scalarType, type Type, unifies, valuesOf } from "./types.ts";

export interface FunctionType {
  params: readonly Type[];
  result: Type;
  variadic: boolean;
}

/**
 * Finds expressions that can never hold because of the types in them. Says nothing where it is not
 * sure: input and base data may be anything.
 */
export class TypeChecker {
  readonly errors: RegoError[] = [];
  readonly root: RuleNode;
  private readonly rules: RuleTypes;
  private readonly refs: RefTypes;

  constructor(root: RuleNode) {
    this.root = root;
    this.rules = new RuleTypes(this);
    this.refs = new RefTypes(this, this.rules);
  }

  checkRules(rules: readonly Rule[]): RegoError[] {
    for (const rule of rules) this.rules.checkRule(rule);
    return distinct(this.errors);
  }

  /** A query's body. */
  checkBody(body: Body): RegoError[] {
    const before = this.errors.length;
    this.body(body, new TypeEnv());
    return distinct(this.errors.splice(before));
  }

  refuse(loc: Location, message: string): void {
    this.errors.push(regoError("rego_type_error", loc, message));
  }

  body(body: Body, env: TypeEnv): void {
    for (const expr of body) this.expr(expr, env);
  }

  private expr(expr: Expr, env: TypeEnv): void {
    const { node } = expr;
    for (const { value, byFunction } of expr.withs) if (byFunction !== true) this.closures(value, env);
    if (node.type === "some") return;
    if (node.type === "every") {
      this.every(node, env);
      return;
    }
    if (node.type === "someIn") {
      this.someIn(node, env);
      return;
    }
    if (!isTerm(node)) return;
    const name = operatorName(node);
    if (node.type === "call" && (name === "eq" || name === "equal") && node.args.length === 2) {
      this.equality(node, env);
      return;
    }
    if (node.type === "call") this.call(node, env);
    else this.typeOf(node, env);
  }

  private every(node: Extract<Expr["node"], { type: "every" }>, env: TypeEnv): void {
    const domain = this.typeOf(node.domain, env);
    const inner = new TypeEnv(env);
    inner.set(node.value.name, valuesOf(domain) ?? anyType);
    if (node.key !== undefined) inner.set(node.key.name, keysOf(domain) ?? anyType);
    this.body(node.body, inner);
  }

  private someIn(node: Extract<Expr["node"], { type: "someIn" }>, env: TypeEnv): void {
    const domain = this.typeOf(node.domain, env);
    if (node.domain.type === "scalar") this.refuse(node.loc, "match error");
    const members = valuesOf(domain) ?? anyType;
    if (node.key !== undefined) this.fit(node.key, keysOf(domain) ?? anyType, env, node.loc);
    this.fit(node.value, members, env, node.loc);
  }

  /** A pattern against the type of what it will meet. */
  private fit(pattern: Term, type: Type, env: TypeEnv, loc: Location): void {
    if (!hasUnknown(pattern, env)) {
      if (!unifies(this.typeOf(pattern, env), type)) this.refuse(loc, "match error");
    } else if (!assignType(this, pattern, type, env)) this.refuse(loc, "match error");
  }

  private equality(call: CallTerm, env: TypeEnv): void {
    const [a, b] = call.args as [Term, Term];
    const errors = this.errors.length;
    if (!this.unify(a, b, env) && this.errors.length === errors) this.refuse(call.loc, "match error");
  }

  private unify(a: Term, b: Term, env: TypeEnv): boolean {
    const openA = hasUnknown(a, env);
    const openB = hasUnknown(b, env);
    if (!openA && !openB) return unifies(this.typeOf(a, env), this.typeOf(b, env));
    if (!openB) return assignType(this, a, this.typeOf(b, env), env);
    if (!openA) return assignType(this, b, this.typeOf(a, env), env);
    if (a.type === "array" && b.type === "array") {
      return a.items.length === b.items.length && a.items.every((item, i) => this.unify(item, b.items[i] as Term, env));
    }
    return true;
  }

  /** The type of a term; checks the references, calls and closures in it on the way. */
  typeOf(term: Term, env: TypeEnv): Type {
    switch (term.type) {
      case "scalar":
        return scalarType(term.value);
      case "var":
        return env.get(term.name) ?? anyType;
      case "ref":
        return this.refs.typeOf(term, env);
      case "call":
        return this.call(term, env);
      case "array": {
        const items = term.items.map((item) => this.typeOf(item, env));
        return { kind: "array", items, rest: items.length === 0 ? anyType : undefined };
      }
      case "set": {
        const [first = anyType, ...others] = term.items.map((item) => this.typeOf(item, env));
        return { kind: "set", of: others.reduce(or, first) };
      }
      case "object":
        return this.objectType(term.entries, env);
      case "template":
        this.closures(term, env);
        return { kind: "string" };
      default:
        return this.comprehension(term, env);
    }
  }

  private objectType(entries: readonly [Term, Term][], env: TypeEnv): Type {
    const fields = new Map();
    let rest: { key: Type; value: Type } | undefined =
      entries.length === 0 ? { key: anyType, value: anyType } : undefined;
    for (const [key, value] of entries) {
      const type = this.typeOf(value, env);
      if (key.type === "scalar") fields.set(keyOf(key.value), { key: key.value, type });
      else {
        const keyType = this.typeOf(key, env);
        rest =
          rest === undefined
            ? { key: keyType, value: type }
            : { key: or(rest.key, keyType), value: or(rest.value, type) };
      }
    }
    return { kind: "object", fields, rest };
  }

  private comprehension(term: Extract<Term, { body: Body }>, env: TypeEnv): Type {
    const inner = new TypeEnv(env);
    this.body(term.body, inner);
    if (term.type === "objectComprehension") {
      const rest = { key: this.typeOf(term.key, inner), value: this.typeOf(term.value, inner) };
      return { kind: "object", fields: new Map(), rest };
    }
    const of = this.typeOf(term.head, inner);
    return term.type === "setComprehension" ? { kind: "set", of } : { kind: "array", items: [], rest: of };
  }

  private closures(term: Term, env: TypeEnv): void {
    if ("body" in term) this.comprehension(term, env);
    else if (term.type === "template") for (const hole of childExprs(term)) this.expr(hole, new TypeEnv(env));
    else for (const child of childTerms(term)) this.closures(child, env);
  }

  functionType(call: CallTerm): FunctionType | undefined {
    const node = functionNode(this.root, call.operator);
    if (node !== undefined) return this.rules.functionType(node);
    const name = builtinName(call.operator.parts);
    const signature = name === undefined ? undefined : signatureOf(name);
    if (signature === undefined) return undefined;
    return {
      params: signature.params.map(fromSpec),
      result: fromSpec(signature.result),
      variadic: signature.variadic === true,
    };
  }

  private call(call: CallTerm, env: TypeEnv): Type {
    const type = this.functionType(call);
    if (type === undefined) {
      for (const arg of call.args) this.typeOf(arg, env);
      return anyType;
    }
    const { params, result, variadic } = type;
    const name = refText(call.operator.parts);
    const refuse = (what: string) => {
      this.refuse(call.loc, `${name}: ${what}`);
      return result;
    };
    if (!variadic && call.args.length > params.length + (call.statement === true ? 1 : 0))
      return refuse("too many arguments");
    if (call.args.length < params.length) return refuse("too few arguments");
    const wanted = [...params, result];
    const errors = this.errors.length;
    for (const [i, arg] of call.args.entries()) {
      const want = variadic ? anyType : (wanted[i] as Type);
      const fits = assignType(this, arg, want, env);
      if (!fits && this.errors.length === errors) return refuse("invalid argument(s)");
    }
    return result;
  }
}

/** A term may be looked at more than once. */
function distinct(errors: readonly RegoError[]): RegoError[] {
  return [
    ...new Map(errors.map((error) => [`${error.file}:${error.row}:${error.col}:${error.message}`, error])).values(),
  ];
}
