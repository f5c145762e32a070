import type { RefTerm, Term } from "#server/rego/ast.ts";
import { builtinName, isRelation } from "#server/rego/compile/signatures.ts";
import { addWalk } from "./iterate.ts";
import type { Plan } from "./plan.ts";
import { addRelation } from "./relations.ts";

/**
 * Takes out of a term what has many values (references with unbound variables, relations): each becomes
 * a step of its own that binds a variable in its place.
 */
export function hoist(plan: Plan, term: Term): Term {
  const inside = (inner: Term) => hoist(plan, inner);
  switch (term.type) {
    case "ref":
      return hoistRef(plan, term);
    case "call": {
      const call = { ...term, args: term.args.map(inside) };
      const name = builtinName(term.operator.parts);
      if (name === undefined || !isRelation(name)) return call;
      const result = plan.temporary(term.loc);
      addRelation(plan, call, result);
      return result;
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

function hoistRef(plan: Plan, term: RefTerm): Term {
  const [head, ...rest] = term.parts;
  const first = head?.type === "var" ? head : hoist(plan, head as Term);
  const ref: RefTerm = { ...term, parts: [first, ...rest.map((part) => hoist(plan, part))] };
  if (!ref.parts.slice(1).some((part) => plan.hasUnbound(part))) return ref;
  const result = plan.temporary(term.loc);
  addWalk(plan, ref, result);
  return result;
}
