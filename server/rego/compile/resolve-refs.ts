import {
  type Body,
  type Expr,
  type ExprNode,
  isTerm,
  type Module,
  type RefTerm,
  type Rule,
  refOf,
  scalar,
  type Term,
  variable,
} from "#server/rego/ast.ts";
import { isFuture } from "#server/rego/parser/import.ts";
import { declaredNames, patternVars } from "./declared.ts";

/** What a bare name stands for; `used` tells strict mode which imports were of use. */
export interface Globals {
  names: ReadonlyMap<string, RefTerm>;
  used: Set<string>;
}

type Hidden = ReadonlySet<string>;

export function importName(module: Module["imports"][number]): string | undefined {
  const [root] = module.path.parts;
  if (isFuture(module) || (root?.type === "var" && root.name === "rego")) return undefined;
  if (module.alias !== undefined) return module.alias;
  const last = module.path.parts.at(-1);
  return last?.type === "var" ? last.name : last?.type === "scalar" ? String(last.value) : undefined;
}

/** The rules of a module's package, in whatever file, then its imports over them. */
export function globalsOf(module: Module, modules: readonly Module[]): Globals {
  const names = new Map<string, RefTerm>();
  const path = module.packagePath.join("\0");
  for (const other of modules) {
    if (other.packagePath.join("\0") !== path) continue;
    for (const { head } of other.rules) {
      const [name] = head.ref;
      if (name?.type === "var") names.set(name.name, packageRef(module, name));
    }
  }
  for (const imported of module.imports) {
    const name = importName(imported);
    if (name !== undefined) names.set(name, imported.path);
  }
  return { names, used: new Set() };
}

export function packageRef(module: Module, name: Term): RefTerm {
  const { loc } = name;
  const path = module.packagePath.map((part) => scalar(part, loc));
  const last = name.type === "var" ? [scalar(name.name, loc)] : [];
  return refOf([variable("data", loc), ...path, ...last], loc);
}

/** Turns bare names into full references, in place: rules of the package, imports. */
export function resolveRule(rule: Rule, globals: Globals): void {
  const { head } = rule;
  const args = new Set(head.args?.flatMap(patternVars).map((arg) => arg.name));
  const hidden = new Set([...args, ...declaredNames(rule.body)]);
  const resolve = (term: Term) => resolveTerm(term, globals, hidden);
  head.args = head.args?.map((arg) => resolveTerm(arg, globals, args));
  head.ref = head.ref.map((part, i) => (i === 0 ? part : resolve(part)));
  if (head.key !== undefined) head.key = resolve(head.key);
  if (head.value !== undefined) head.value = resolve(head.value);
  rule.body = resolveBody(rule.body, globals, hidden);
  if (rule.otherwise !== undefined) resolveRule(rule.otherwise, globals);
}

export function resolveBody(body: Body, globals: Globals, outer: Hidden): Body {
  const hidden = new Set([...outer, ...declaredNames(body)]);
  return body.map((expr) => resolveExpr(expr, globals, hidden));
}

function resolveExpr(expr: Expr, globals: Globals, hidden: Hidden): Expr {
  const resolve = (term: Term) => resolveTerm(term, globals, hidden);
  const withs = expr.withs.map((modifier) => ({
    ...modifier,
    target: resolve(modifier.target),
    value: resolve(modifier.value),
  }));
  return { ...expr, withs, node: resolveNode(expr.node, globals, hidden) };
}

function resolveNode(node: ExprNode, globals: Globals, hidden: Hidden): ExprNode {
  if (isTerm(node)) return resolveTerm(node, globals, hidden);
  if (node.type === "some") return node;
  const domain = resolveTerm(node.domain, globals, hidden);
  if (node.type === "someIn") {
    const key = node.key === undefined ? undefined : resolveTerm(node.key, globals, hidden);
    return { ...node, key, value: resolveTerm(node.value, globals, hidden), domain };
  }
  const inner = new Set([...hidden, node.value.name, ...(node.key === undefined ? [] : [node.key.name])]);
  return { ...node, domain, body: resolveBody(node.body, globals, inner) };
}

function lookUp(name: string, globals: Globals, hidden: Hidden): RefTerm | undefined {
  if (hidden.has(name)) return undefined;
  const found = globals.names.get(name);
  if (found !== undefined) globals.used.add(name);
  return found;
}

function resolveTerm(term: Term, globals: Globals, hidden: Hidden): Term {
  const resolve = (inner: Term) => resolveTerm(inner, globals, hidden);
  switch (term.type) {
    case "var": {
      const found = lookUp(term.name, globals, hidden);
      return found === undefined ? term : refOf([...found.parts], term.loc);
    }
    case "ref":
      return resolveRef(term, globals, hidden);
    case "call": {
      const operator = term.infix ? term.operator : resolveRef(term.operator, globals, hidden);
      return { ...term, operator, args: term.args.map(resolve) };
    }
    case "array":
    case "set":
      return { ...term, items: term.items.map(resolve) };
    case "object":
      return { ...term, entries: term.entries.map(([key, value]) => [resolve(key), resolve(value)]) };
    case "template":
      return {
        ...term,
        parts: term.parts.map((part) => (typeof part === "string" ? part : resolveExpr(part, globals, hidden))),
      };
    case "scalar":
      return term;
    default:
      return resolveComprehension(term, globals, hidden);
  }
}

function resolveComprehension(term: Extract<Term, { body: Body }>, globals: Globals, outer: Hidden): Term {
  const hidden = new Set([...outer, ...declaredNames(term.body)]);
  const body = resolveBody(term.body, globals, outer);
  const resolve = (inner: Term) => resolveTerm(inner, globals, hidden);
  if (term.type === "objectComprehension") {
    return { ...term, key: resolve(term.key), value: resolve(term.value), body };
  }
  return { ...term, head: resolve(term.head), body };
}

function resolveRef(term: RefTerm, globals: Globals, hidden: Hidden): RefTerm {
  const [head, ...rest] = term.parts;
  const tail = rest.map((part) => resolveTerm(part, globals, hidden));
  const found = head?.type === "var" ? lookUp(head.name, globals, hidden) : undefined;
  const first = found?.parts ?? [head?.type === "var" ? head : resolveTerm(head as Term, globals, hidden)];
  return refOf([...first, ...tail], term.loc);
}
