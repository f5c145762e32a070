import type { CallTerm, Term } from "#server/rego/ast.ts";
import type { RelationBuiltin } from "#server/rego/builtins/builtin.ts";
import { builtins } from "#server/rego/builtins/registry.ts";
import { builtinName } from "#server/rego/compile/signatures.ts";
import { onBuiltinError } from "./builtin-calls.ts";
import { compileMatch } from "./patterns.ts";
import type { Plan } from "./plan.ts";
import { compileTerm } from "./terms.ts";

/** A built-in with many answers: matches `target` with each. */
export function addRelation(plan: Plan, call: CallTerm, target: Term): void {
  const builtin = builtins.get(builtinName(call.operator.parts) ?? "") as RelationBuiltin;
  const args = call.args.slice(0, builtin.params.length).map((arg) => compileTerm(plan, arg));
  const match = compileMatch(plan, target);
  plan.add((next) => (machine, frame) => {
    const values = [];
    for (const arg of args) {
      const value = arg(machine, frame);
      if (value === undefined) return false;
      values.push(value);
    }
    try {
      for (const answer of builtin.call(values, machine.context)) {
        machine.fuel.tick();
        if (match(machine, frame, answer) && next(machine, frame)) return true;
      }
    } catch (error) {
      onBuiltinError(error, machine, call.loc);
    }
    return false;
  });
}
