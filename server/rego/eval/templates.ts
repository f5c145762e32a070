import { type Expr, isTerm, type TemplateTerm } from "#server/rego/ast.ts";
import { displayText } from "#server/rego/values/text.ts";
import type { Value } from "#server/rego/values/value.ts";
import { hoist } from "./hoist.ts";
import { evalError, type Get } from "./machine.ts";
import type { Plan } from "./plan.ts";
import { compileTerm } from "./terms.ts";
import { addWith } from "./with.ts";

/** `$"…{x}…"`: the text of each hole's value, `<undefined>` where there is none. */
export function compileTemplate(plan: Plan, term: TemplateTerm): Get {
  const parts = term.parts.map((part) => (typeof part === "string" ? part : compileHole(plan, part)));
  return (machine, frame) => {
    let text = "";
    for (const part of parts) {
      if (typeof part === "string") text += part;
      else {
        const value = part(machine, frame);
        text += value === undefined ? "<undefined>" : displayText(value);
      }
    }
    machine.context.charge(text.length);
    return text;
  };
}

function compileHole(plan: Plan, expr: Expr): Get {
  if (!isTerm(expr.node)) throw new Error("a template holds terms only");
  const { node } = expr;
  const slot = plan.slots.of(`%s${plan.slots.size}`);
  const inner = plan.inner();
  addWith(inner, expr.withs, (modified) => {
    const get = compileTerm(modified, hoist(modified, node));
    modified.add((next) => (machine, frame) => {
      const value = get(machine, frame);
      if (value === undefined) return false;
      if (frame[slot] !== undefined)
        throw evalError("eval_conflict_error", expr.loc, "template expression must not produce multiple outputs");
      frame[slot] = value;
      return next(machine, frame);
    });
  });
  const run = inner.finish(() => false);
  return (machine, frame) => {
    frame[slot] = undefined;
    run(machine, frame);
    return frame[slot] as Value | undefined;
  };
}
