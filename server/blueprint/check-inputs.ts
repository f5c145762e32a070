import type { Blueprint } from "./blueprint.ts";
import { findValueProblem } from "./input-value.ts";
import { nearest } from "./names.ts";
import { choices } from "./report.ts";

export type InputProblem = { input: string; message: string; remedy: string };

/** Completes given inputs with the defaults and says what is wrong with them. Values are texts, as on the wire. */
export function checkInputs(
  blueprint: Blueprint,
  inputs: Readonly<Record<string, string>>,
): { values: Record<string, string>; problems: InputProblem[] } {
  const values: Record<string, string> = {};
  const problems: InputProblem[] = [];
  for (const input of blueprint.inputs) {
    const given = Object.hasOwn(inputs, input.name) ? inputs[input.name] : undefined;
    const value = given === undefined || (given === "" && input.default !== undefined) ? input.default : given;
    if (value === undefined || (value === "" && input.default === undefined)) {
      problems.push({ input: input.name, message: `${input.title} is missing.`, remedy: "Give a value." });
      continue;
    }
    values[input.name] = value;
    const problem = findValueProblem(input, value);
    if (problem)
      problems.push({ input: input.name, message: `${input.title} ${problem.message}`, remedy: problem.remedy });
  }
  return { values, problems: [...problems, ...findUnknown(blueprint, inputs)] };
}

function findUnknown(blueprint: Blueprint, inputs: Readonly<Record<string, string>>): InputProblem[] {
  const names = blueprint.inputs.map((input) => input.name);
  return Object.keys(inputs)
    .filter((name) => !names.includes(name))
    .map((name) => {
      const near = nearest(name, names);
      return {
        input: name,
        message: `${blueprint.title} has no input \`${name.slice(0, 60)}\`.`,
        remedy: near ? `Did you mean \`${near}\`?` : `Its inputs: ${choices(names) || "none"}.`,
      };
    });
}
