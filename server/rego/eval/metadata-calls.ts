import type { Get } from "./machine.ts";
import type { Plan } from "./plan.ts";

/** `rego.metadata.*` speaks of the rule it stands in, so it is known when the rule is compiled. */
export function metadataCall(plan: Plan, name: string): Get | undefined {
  if (name !== "rego.metadata.rule" && name !== "rego.metadata.chain") return undefined;
  const value = plan.program.metadata(name === "rego.metadata.rule" ? "rule" : "chain", plan.slots.rule);
  return () => value;
}
