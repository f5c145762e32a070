import { type Body, isTerm, operatorName, type Term, type VarTerm } from "#server/rego/ast.ts";
import { childTerms } from "#server/rego/walk.ts";

/** The names a body declares itself: by `:=`, `some x` and `some x in xs`. */
export function declaredNames(body: Body): Set<string> {
  const names = new Set<string>();
  for (const { node } of body) {
    if (node.type === "some") for (const symbol of node.symbols) names.add(symbol.name);
    else if (node.type === "someIn") {
      if (node.key !== undefined) addVarNames(node.key, names);
      addVarNames(node.value, names);
    } else if (isTerm(node) && node.type === "call" && operatorName(node) === "assign" && node.args.length === 2) {
      addVarNames(node.args[0] as Term, names);
    }
  }
  return names;
}

function addVarNames(term: Term, names: Set<string>): void {
  if (term.type === "var") names.add(term.name);
  else if (term.type === "ref" && term.parts.length === 1) addVarNames(term.parts[0] as Term, names);
  else if (!("body" in term)) for (const child of childTerms(term)) addVarNames(child, names);
}

/** The variables of a pattern that matching it binds: in arrays and object values, not in keys, refs or calls. */
export function patternVars(pattern: Term): VarTerm[] {
  switch (pattern.type) {
    case "var":
      return [pattern];
    case "array":
      return pattern.items.flatMap(patternVars);
    case "object":
      return pattern.entries.flatMap(([, value]) => patternVars(value));
    case "ref":
      // A bare `input` or `data` as an argument shadows the document.
      return pattern.parts.length === 1 && pattern.parts[0]?.type === "var" ? [pattern.parts[0]] : [];
    default:
      return [];
  }
}
