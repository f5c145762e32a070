import type { PlanDocument } from "./plan-document.ts";
import type { PlannedResource } from "./planned-resource.ts";
import { inputExpression, referencesIn } from "./references.ts";

export type ValueDoubt = "yes" | "maybe" | "no";

function worst(doubts: readonly ValueDoubt[]): ValueDoubt {
  if (doubts.includes("yes")) return "yes";
  return doubts.includes("maybe") ? "maybe" : "no";
}

/**
 * Whether a value that a plan marks unknown can truly be: "no" where the expression hangs on known inputs alone, because then a
 * null input left it to the provider; "maybe" where it hangs on locals, which a plan does not show.
 */
export function valueDoubt(plan: PlanDocument): (from: PlannedResource, expression: unknown) => ValueDoubt {
  const known = new Map<string, ValueDoubt>();
  const ofExpression = (expression: unknown, from: PlannedResource, module: string): ValueDoubt =>
    worst(referencesIn(expression).map((reference) => ofReference(reference, from, module)));
  const ofInput = (name: string, from: PlannedResource, module: string): ValueDoubt => {
    if (module === "") return plan.variables?.[name]?.value === undefined ? "yes" : "no";
    const key = `${module}|${name}`;
    const found = known.get(key);
    if (found) return found;
    known.set(key, "maybe");
    const { parent, expression } = inputExpression(plan.configuration, module, name);
    const doubt = ofExpression(expression, from, parent);
    known.set(key, doubt);
    return doubt;
  };
  const ofReference = (reference: string, from: PlannedResource, module: string): ValueDoubt => {
    const [head = "", name = ""] = reference.split(/[.[]/);
    if (head === "path" || head === "terraform" || head === "count") return "no";
    if (head === "local") return "maybe";
    if (head === "var") return ofInput(name, from, module);
    if (head !== "each") return "yes";
    if (module !== from.module) return "maybe";
    const source = referencesIn(from.config?.for_each_expression).filter((next) => !next.startsWith("each."));
    return worst(source.map((next) => ofReference(next, from, module)));
  };
  return (from, expression) => ofExpression(expression, from, from.module);
}
