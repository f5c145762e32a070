import type { Body, Expr, Import, Module, Rule, Term } from "#server/rego/ast.ts";
import { type RegoError, regoError } from "#server/rego/errors.ts";
import { refText } from "#server/rego/text-of.ts";
import { visitBody } from "#server/rego/walk.ts";
import { declaredNames } from "./declared.ts";
import { importName } from "./resolve-refs.ts";

const roots = ["input", "data"];

/** `input` and `data` may not be rules or variables: always in v1, in v0 when strict. */
export function checkShadowedRoots(module: Module): RegoError[] {
  const errors: RegoError[] = [];
  const refuse = (loc: Rule["loc"], what: string, name: string) =>
    errors.push(
      regoError(
        "rego_compile_error",
        loc,
        `${what}s must not shadow ${name} (use a different ${what === "rule" ? "rule" : "variable"} name)`,
      ),
    );
  const inBody = (body: Body) => {
    for (const expr of body)
      for (const name of declaredNames([expr])) if (roots.includes(name)) refuse(expr.loc, "variable", name);
  };
  for (const rule of module.rules) {
    const [name] = rule.head.ref;
    if (name?.type === "var" && roots.includes(name.name)) refuse(rule.loc, "rule", name.name);
    for (const arg of rule.head.args ?? []) {
      const bare = arg.type === "ref" && arg.parts.length === 1 ? arg.parts[0] : undefined;
      if (bare?.type === "var" && roots.includes(bare.name)) refuse(rule.loc, "variable", bare.name);
    }
    for (const body of bodiesOf(rule)) inBody(body);
  }
  return errors;
}

/** Every body of a rule: its own, its else branches', those of closures, of `every`. */
function bodiesOf(rule: Rule): Body[] {
  const bodies: Body[] = [];
  const collect = (body: Body) => {
    bodies.push(body);
    const inner = (term: Term) => {
      if ("body" in term) bodies.push(term.body);
      return false;
    };
    visitBody(body, inner);
    for (const expr of body) collectEvery(expr, bodies);
  };
  for (let next: Rule | undefined = rule; next !== undefined; next = next.otherwise) {
    collect(next.body);
    for (const term of [next.head.key, next.head.value]) {
      if (term !== undefined && "body" in term) collect(term.body);
    }
  }
  return bodies;
}

function collectEvery(expr: Expr, bodies: Body[]): void {
  if (expr.node.type !== "every") return;
  bodies.push(expr.node.body);
  for (const inner of expr.node.body) collectEvery(inner, bodies);
}

function importText(imported: Import): string {
  const path = refText(imported.path.parts);
  return imported.alias === undefined ? `import ${path}` : `import ${path} as ${imported.alias}`;
}

export function checkDuplicateImports(module: Module): RegoError[] {
  const errors: RegoError[] = [];
  const first = new Map<string, Import>();
  for (const imported of module.imports) {
    const name = importName(imported) ?? refText(imported.path.parts);
    const before = first.get(name);
    if (before === undefined) first.set(name, imported);
    else errors.push(regoError("rego_compile_error", imported.loc, `import must not shadow ${importText(before)}`));
  }
  return errors;
}

export function checkUnusedImports(module: Module, used: ReadonlySet<string>): RegoError[] {
  return module.imports
    .filter((imported) => {
      const name = importName(imported);
      return name !== undefined && !used.has(name);
    })
    .map((imported) => regoError("rego_compile_error", imported.loc, `${importText(imported)} unused`));
}
