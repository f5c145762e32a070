import { type Body, type Expr, isTerm, type Rule, type Term } from "#server/rego/ast.ts";
import { type Location, type RegoError, regoError } from "#server/rego/errors.ts";
import { sourceName } from "#server/rego/text-of.ts";
import { futureKeywords } from "#server/rego/tokens.ts";
import { childExprs, childTerms } from "#server/rego/walk.ts";
import { type Arity, addVars, bodyVars, closureVars, exprVars, outputVars } from "./safe-vars.ts";

type Names = ReadonlySet<string>;

/**
 * Orders each body so that every variable is bound before it is used, and names those that never are.
 * Bodies are reordered in place.
 */
export class Safety {
  readonly errors: RegoError[] = [];
  private readonly arity: Arity;
  private readonly reported = new Set<string>();
  private unnamed: Location | undefined;
  private before = 0;

  constructor(arity: Arity) {
    this.arity = arity;
  }

  checkHead(rule: Rule): void {
    const safe = bodyVars(rule.body);
    const named = new Set<string>();
    for (const arg of rule.head.args ?? []) addVars(arg, safe);
    for (const term of [...rule.head.ref.slice(1), rule.head.key, rule.head.value]) {
      if (term !== undefined) addVars(term, named);
    }
    this.start();
    for (const name of named) if (!safe.has(name)) this.report(name, rule.loc);
    this.finish();
    if (rule.otherwise !== undefined) this.checkHead(rule.otherwise);
  }

  checkBody(rule: Rule): void {
    const args = new Set<string>();
    for (const arg of rule.head.args ?? []) addVars(arg, args);
    this.start();
    rule.body = this.order(rule.body, args);
    this.finish();
    if (rule.otherwise !== undefined) this.checkBody(rule.otherwise);
  }

  query(body: Body): Body {
    this.start();
    const ordered = this.order(body, new Set());
    this.finish();
    return ordered;
  }

  private start(): void {
    this.reported.clear();
    this.unnamed = undefined;
    this.before = this.errors.length;
  }

  /** A variable of the compiler's own is told of only where no author's variable is at fault. */
  private finish(): void {
    if (this.unnamed === undefined || this.errors.length > this.before) return;
    this.errors.push(regoError("rego_unsafe_var_error", this.unnamed, "expression is unsafe"));
  }

  private report(name: string, loc: Location): void {
    const shown = sourceName(name);
    if (this.reported.has(name)) return;
    this.reported.add(name);
    if (shown === "") {
      this.unnamed ??= loc;
      return;
    }
    const hint = futureKeywords.includes(shown)
      ? ` (hint: \`import future.keywords.${shown}\` to import a future keyword)`
      : "";
    this.errors.push(regoError("rego_unsafe_var_error", loc, `var ${shown} is unsafe${hint}`));
  }

  private order(body: Body, globals: Names): Body {
    const ordering = new Ordering(body, globals, this.arity);
    ordering.run();
    this.visitClosures(ordering.ordered, globals);
    if (ordering.left.length === 0) return ordering.ordered;
    for (const { expr, missing } of ordering.left) for (const name of missing) this.report(name, expr.loc);
    return body;
  }

  /** Closures see what was bound before their expression. */
  private visitClosures(ordered: Body, globals: Names): void {
    const bound = new Set(globals);
    for (const expr of ordered) {
      this.closuresOf(expr, bound);
      for (const name of exprVars(expr)) bound.add(name);
    }
  }

  private closuresOf(expr: Expr, bound: Names): void {
    const { node } = expr;
    const terms = isTerm(node) ? [node] : node.type === "some" ? [] : [node.value, node.domain];
    for (const term of [...terms, ...expr.withs.map(({ value }) => value)]) this.closuresIn(term, bound);
    if (node.type !== "every") return;
    const inner = new Set([...bound, node.value.name, ...(node.key === undefined ? [] : [node.key.name])]);
    node.body = this.order(node.body, inner);
  }

  private closuresIn(term: Term, bound: Names): void {
    if (term.type === "template") {
      for (const hole of childExprs(term)) this.order([hole], bound);
      return;
    }
    if (!("body" in term)) {
      for (const child of childTerms(term)) this.closuresIn(child, bound);
      return;
    }
    const own = bodyVars(term.body);
    const named = new Set<string>();
    const heads = term.type === "objectComprehension" ? [term.key, term.value] : [term.head];
    for (const head of heads) addVars(head, named);
    for (const name of named) {
      if (!own.has(name) && !bound.has(name) && name !== "input" && name !== "data") this.report(name, term.loc);
    }
    term.body = this.order(term.body, bound);
    for (const head of heads) this.closuresIn(head, new Set([...bound, ...own]));
  }
}

class Ordering {
  readonly ordered: Body = [];
  left: { expr: Expr; missing: Set<string> }[];
  private readonly safe: Set<string>;
  private readonly outputs = new Set<string>();
  private readonly all: Names;
  private readonly globals: Names;
  private readonly arity: Arity;

  constructor(body: Body, globals: Names, arity: Arity) {
    this.arity = arity;
    this.globals = globals;
    this.safe = new Set(globals);
    this.all = bodyVars(body);
    this.left = body.map((expr) => ({ expr, missing: exprVars(expr) }));
  }

  /** Takes whatever is ready, in the order written, until nothing more is. */
  run(): void {
    for (let before = -1; before !== this.left.length && this.left.length > 0; ) {
      before = this.left.length;
      this.left = this.left.filter((waiting) => !this.take(waiting));
    }
  }

  private take(waiting: { expr: Expr; missing: Set<string> }): boolean {
    const { expr } = waiting;
    const gives = outputVars(expr, this.safe, this.arity);
    const closed = [...closureVars(expr)].filter(
      (name) => this.all.has(name) && !this.globals.has(name) && !this.outputs.has(name),
    );
    if (closed.length > 0) {
      waiting.missing = new Set([
        ...closed,
        ...[...exprVars(expr)].filter((name) => !this.safe.has(name) && !gives.has(name)),
      ]);
      return false;
    }
    waiting.missing = new Set([...exprVars(expr)].filter((name) => !gives.has(name) && !this.safe.has(name)));
    if (waiting.missing.size > 0) return false;
    this.ordered.push(expr);
    for (const name of gives) {
      this.safe.add(name);
      this.outputs.add(name);
    }
    return true;
  }
}
