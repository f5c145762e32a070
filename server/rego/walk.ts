import { type Body, type Expr, isTerm, type Term } from "./ast.ts";

/** The terms directly inside one; not those of a comprehension's body. */
export function childTerms(term: Term): Term[] {
  switch (term.type) {
    case "ref":
      return term.parts;
    case "call":
      return [term.operator, ...term.args];
    case "array":
    case "set":
      return term.items;
    case "object":
      return term.entries.flat();
    case "arrayComprehension":
    case "setComprehension":
      return [term.head];
    case "objectComprehension":
      return [term.key, term.value];
    default:
      return [];
  }
}

export function childExprs(term: Term): Expr[] {
  if (term.type === "template") return term.parts.filter((part) => typeof part !== "string");
  return "body" in term ? term.body : [];
}

/** Visits a term and all below it, bodies included; `visit` returns true to stay out of a term. */
export function visitTerms(term: Term, visit: (term: Term) => boolean): void {
  if (visit(term)) return;
  switch (term.type) {
    case "scalar":
    case "var":
      return;
    case "ref":
      for (const part of term.parts) visitTerms(part, visit);
      return;
    case "call":
      visitTerms(term.operator, visit);
      for (const arg of term.args) visitTerms(arg, visit);
      return;
    case "template":
      visitBody(childExprs(term), visit);
      return;
    default:
      for (const child of childTerms(term)) visitTerms(child, visit);
      if ("body" in term) visitBody(term.body, visit);
  }
}

export function visitBody(body: Body, visit: (term: Term) => boolean): void {
  for (const expr of body) visitExpr(expr, visit);
}

export function visitExpr(expr: Expr, visit: (term: Term) => boolean): void {
  for (const term of exprTerms(expr)) visitTerms(term, visit);
  if (expr.node.type === "every") visitBody(expr.node.body, visit);
  for (const { target, value } of expr.withs) {
    visitTerms(target, visit);
    visitTerms(value, visit);
  }
}

/** The terms of an expression's own node, `every` bodies and modifiers left out. */
export function exprTerms({ node }: Expr): Term[] {
  if (isTerm(node)) return [node];
  if (node.type === "some") return node.symbols;
  const { key, value, domain } = node;
  return key === undefined ? [value, domain] : [key, value, domain];
}

export function isGround(term: Term): boolean {
  let ground = true;
  visitTerms(term, (inner) => {
    if (inner.type === "var") ground = false;
    return inner.type === "call" ? false : !ground;
  });
  return ground;
}

/** Rebuilds a term from the bottom up, bodies included. */
export function mapTerm(term: Term, change: (term: Term) => Term): Term {
  const map = (inner: Term) => mapTerm(inner, change);
  switch (term.type) {
    case "ref":
      return change({ ...term, parts: term.parts.map(map) });
    case "call":
      return change({
        ...term,
        operator: { ...term.operator, parts: term.operator.parts.map(map) },
        args: term.args.map(map),
      });
    case "array":
    case "set":
      return change({ ...term, items: term.items.map(map) });
    case "object":
      return change({ ...term, entries: term.entries.map(([key, value]) => [map(key), map(value)]) });
    case "arrayComprehension":
    case "setComprehension":
      return change({ ...term, head: map(term.head), body: mapBody(term.body, change) });
    case "objectComprehension":
      return change({ ...term, key: map(term.key), value: map(term.value), body: mapBody(term.body, change) });
    case "template":
      return change({
        ...term,
        parts: term.parts.map((part) => (typeof part === "string" ? part : mapExpr(part, change))),
      });
    default:
      return change(term);
  }
}

export function mapBody(body: Body, change: (term: Term) => Term): Body {
  return body.map((expr) => mapExpr(expr, change));
}

export function mapExpr(expr: Expr, change: (term: Term) => Term): Expr {
  const map = (term: Term) => mapTerm(term, change);
  const withs = expr.withs.map((modifier) => ({
    ...modifier,
    target: map(modifier.target),
    value: map(modifier.value),
  }));
  const { node } = expr;
  if (isTerm(node)) return { ...expr, withs, node: map(node) };
  if (node.type === "some") return { ...expr, withs };
  const key = node.key === undefined ? undefined : map(node.key);
  const [value, domain] = [map(node.value), map(node.domain)];
  if (node.type === "someIn") return { ...expr, withs, node: { ...node, key, value, domain } };
  if (key !== undefined && key.type !== "var") throw new Error("the key of every is a variable");
  if (value.type !== "var") throw new Error("the value of every is a variable");
  return { ...expr, withs, node: { ...node, key, value, domain, body: mapBody(node.body, change) } };
}

/** Changes every body of a body's closures and of `every`, the innermost first, then the body itself; in place. */
export function rewriteBodies(body: Body, change: (body: Body) => Body): Body {
  const inside = (term: Term) => {
    if ("body" in term) {
      for (const head of childTerms(term)) visitTerms(head, inside);
      term.body = rewriteBodies(term.body, change);
      return true;
    }
    if (term.type === "template")
      for (const hole of childExprs(term)) for (const inner of exprTerms(hole)) visitTerms(inner, inside);
    return term.type === "template";
  };
  for (const expr of body) {
    for (const term of [...exprTerms(expr), ...expr.withs.map(({ value }) => value)]) visitTerms(term, inside);
    if (expr.node.type === "every") expr.node.body = rewriteBodies(expr.node.body, change);
  }
  return change(body);
}
