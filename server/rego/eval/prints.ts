import type { CallTerm, Term } from "#server/rego/ast.ts";
import { displayText } from "#server/rego/values/text.ts";
import { hoist } from "./hoist.ts";
import type { Frame, Machine } from "./machine.ts";
import type { Plan } from "./plan.ts";
import { compileTerm } from "./terms.ts";

type Texts = (machine: Machine, frame: Frame) => string[];

/** `print(…)` never fails: an undefined operand prints as such, one with many values prints a line for each. */
export function addPrint(plan: Plan, call: CallTerm): void {
  const operands = call.args.map((arg) => compileTexts(plan, arg));
  const { file, row } = call.loc;
  plan.add((next) => (machine, frame) => {
    let lines: string[] = [""];
    for (const [i, operand] of operands.entries()) {
      const texts = operand(machine, frame);
      lines = lines.flatMap((line) => texts.map((text) => (i === 0 ? text : `${line} ${text}`)));
    }
    for (const text of lines) {
      machine.context.charge(text.length);
      machine.prints.push({ text, file, row });
    }
    return next(machine, frame);
  });
}

function compileTexts(plan: Plan, arg: Term): Texts {
  const slot = plan.slots.of(`%p${plan.slots.size}`);
  const inner = plan.inner();
  const get = compileTerm(inner, hoist(inner, arg));
  const run = inner.finish((machine, frame) => {
    const value = get(machine, frame);
    if (value !== undefined) (frame[slot] as string[]).push(displayText(value));
    return false;
  });
  return (machine, frame) => {
    const texts: string[] = [];
    frame[slot] = texts;
    run(machine, frame);
    return texts.length === 0 ? ["<undefined>"] : texts;
  };
}
