import type { Blueprint, InputDefinition } from "#server/blueprint/blueprint.ts";
import { findValueProblem } from "#server/blueprint/input-value.ts";
import { limits } from "#server/blueprint/limits.ts";
import type { Located, Spot } from "#server/blueprint/located.ts";
import { nearest } from "#server/blueprint/names.ts";
import { compilePattern } from "#server/blueprint/pattern.ts";
import { addError, addWarning, type Report } from "#server/blueprint/report.ts";
import { findCycle } from "./graph.ts";

/** Place of a field of an input in the document; the input's own when the field is not written there. */
function spotOf(input: InputDefinition, root: Located, field: string): Spot {
  const path = `inputs.${input.name}.${field}`;
  const inputs = root.kind === "map" ? root.entries.get("inputs")?.value : undefined;
  const own = inputs?.kind === "map" ? inputs.entries.get(input.name)?.value : undefined;
  const node = own?.kind === "map" ? own.entries.get(field)?.value : undefined;
  return node ?? { row: input.place.row ?? 1, column: input.place.column ?? 1, path };
}

export function checkInputDefinitions(report: Report, root: Located, inputs: InputDefinition[]): void {
  const start = performance.now();
  for (const input of inputs) {
    if (performance.now() - start > limits.trialMs) {
      reportSlowPatterns(report, root);
      return;
    }
    checkPattern(report, root, input);
    checkDefault(report, root, input);
    checkInputDependencies(report, root, { input, inputs });
  }
  const cycle = findCycle(inputs.map(({ name, dependsOn }) => ({ name, dependsOn })));
  const first = inputs.find((input) => input.name === cycle?.[0]);
  if (cycle && first)
    addError(report, spotOf(first, root, "depends-on"), {
      code: "BP_CYCLE",
      message: `These inputs wait for each other: ${cycle.join(" → ")}.`,
      remedy: "Remove one `depends-on`.",
    });
}

function reportSlowPatterns(report: Report, { row, column }: Located): void {
  addError(
    report,
    { row, column, path: "inputs" },
    {
      code: "BP_PATTERN_UNSAFE",
      message: "The patterns of the inputs take longer than the time limit.",
      remedy: "Use simpler patterns.",
    },
  );
}

function checkPattern(report: Report, root: Located, input: InputDefinition): void {
  if (input.pattern === undefined) return;
  try {
    compilePattern(input.pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : "";
    addError(report, spotOf(input, root, "pattern"), {
      code: "BP_PATTERN_INVALID",
      message: `The pattern of \`${input.name}\` cannot be used: ${reason}.`,
      remedy: "Use RE2 syntax: no back-references and no look-around.",
    });
    delete input.pattern;
  }
}

function checkDefault(report: Report, root: Located, input: InputDefinition): void {
  if (input.default === undefined) return;
  const spot = spotOf(input, root, "default");
  if (input.sensitive && input.default !== "" && !input.default.includes("{{")) {
    const isNumber =
      "kind" in spot && (spot as Located).kind === "text" && (spot as { scalar?: string }).scalar === "number";
    (isNumber ? addWarning : addError)(report, spot, {
      code: "BP_SENSITIVE_DEFAULT",
      message: `\`${input.name}\` is sensitive and has a default that everybody can read.`,
      remedy: "Remove the default, or take the value from a parameter.",
    });
    return;
  }
  const problem = findValueProblem(input, input.default);
  if (!problem) return;
  addError(report, spot, {
    code: problem.code,
    message: `The default of \`${input.name}\` ${problem.message}`,
    remedy: problem.remedy,
  });
}

function checkInputDependencies(
  report: Report,
  root: Located,
  { input, inputs }: { input: InputDefinition; inputs: Blueprint["inputs"] },
): void {
  const names = inputs.map((other) => other.name);
  for (const name of input.dependsOn) {
    if (names.includes(name)) continue;
    const near = nearest(name, names);
    addError(report, spotOf(input, root, "depends-on"), {
      code: "BP_UNKNOWN_INPUT",
      message: `\`${input.name}\` depends on \`${name.slice(0, 60)}\`, which is not an input.`,
      remedy: near ? `Did you mean \`${near}\`?` : "Declare the input, or remove it from `depends-on`.",
    });
  }
}
