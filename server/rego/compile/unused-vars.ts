import type { Body } from "#server/rego/ast.ts";
import { type Location, nowhere } from "#server/rego/errors.ts";
import { visitBody, visitExpr } from "#server/rego/walk.ts";
import { declaredNames } from "./declared.ts";
import type { LocalScopes } from "./local-scope.ts";

interface Scoped {
  body: Body;
  renamed: Body;
  /** Names the head of the body uses. */
  used: ReadonlySet<string>;
  scopes: LocalScopes;
  strict: boolean;
}

/** Declared variables that nothing uses; in strict mode assigned ones too. */
export function unusedNames({ body, renamed, used, scopes, strict }: Scoped): { loc: Location; message: string }[] {
  const { top } = scopes;
  const found: { loc: Location; message: string }[] = [];
  const seen = new Set<string>();
  visitBody(renamed, (term) => {
    if (term.type === "var") seen.add(term.name);
    return false;
  });
  for (const expr of renamed) {
    if (expr.node.type === "every")
      for (const name of [expr.node.key?.name, expr.node.value.name]) seen.add(name ?? "");
  }
  for (const [name, occurrence] of top.occurrence) {
    if (name.startsWith("$") || used.has(name)) continue;
    const isUnused =
      occurrence === "declared"
        ? !seen.has(top.names.get(name) ?? "")
        : strict && occurrence === "assigned" && (top.count.get(name) ?? 0) <= 1;
    if (isUnused) found.push({ loc: placeOf(name, body), message: `${occurrence} var ${name} unused` });
  }
  return found;
}

function placeOf(name: string, body: Body): Location {
  for (const expr of body) if (declaredNames([expr]).has(name)) return expr.loc;
  for (const expr of body) {
    let holds = false;
    visitExpr(expr, (term) => {
      if (term.type === "var" && term.name === name) holds = true;
      return holds;
    });
    if (holds) return expr.loc;
  }
  return body[0]?.loc ?? nowhere;
}
