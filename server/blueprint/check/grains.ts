import type { Blueprint, Grain } from "#server/blueprint/blueprint.ts";
import type { Located, Spot } from "#server/blueprint/located.ts";
import { nearest } from "#server/blueprint/names.ts";
import { addError, addWarning, choices, type Report } from "#server/blueprint/report.ts";
import { findCycle } from "./graph.ts";

type Own = { name: string; file: string };

/** Place of a field inside a grain, walking down as far as the document goes. */
function spotOf(root: Located, grain: Grain, ...fields: string[]): Spot {
  let node: Located = root;
  for (const name of ["grains", grain.name, ...fields]) {
    const next = node.kind === "map" ? node.entries.get(name)?.value : undefined;
    if (!next) break;
    node = next;
  }
  return { row: node.row, column: node.column, path: ["grains", grain.name, ...fields].join(".") };
}

export function checkGrains(report: Report, root: Located, { grains, own }: { grains: Grain[]; own: Own }): void {
  const names = grains.map((grain) => grain.name);
  for (const grain of grains) {
    checkDependencies(report, spotOf(root, grain, "depends-on"), { grain, names });
    checkSpec(report, root, grain);
    checkArguments(report, root, grain);
    if (grain.kind === "blueprint" && nestsItself(grain, own))
      addError(report, spotOf(root, grain, "spec", "source"), {
        code: "BP_NESTING_CYCLE",
        message: "The blueprint nests itself: launching it would never end.",
        remedy: "Nest another blueprint.",
      });
  }
  const cycle = findCycle(grains);
  const first = grains.find((grain) => grain.name === cycle?.[0]);
  if (cycle && first)
    addError(report, spotOf(root, first, "depends-on"), {
      code: "BP_CYCLE",
      message:
        cycle.length === 2
          ? `\`${first.name}\` depends on itself.`
          : `These grains wait for each other: ${cycle.join(" → ")}.`,
      remedy: "Remove one `depends-on`.",
    });
}

function checkDependencies(report: Report, spot: Spot, { grain, names }: { grain: Grain; names: string[] }): void {
  grain.dependsOn.forEach((name, at) => {
    if (grain.dependsOn.indexOf(name) !== at)
      addWarning(report, spot, {
        code: "BP_DUPLICATE_DEPENDENCY",
        message: `\`${grain.name}\` names \`${name}\` twice in \`depends-on\`.`,
        remedy: "Name it once.",
      });
    if (names.includes(name)) return;
    const near = nearest(name, names);
    addError(report, spot, {
      code: "BP_UNKNOWN_GRAIN",
      message: `\`${grain.name}\` depends on \`${name.slice(0, 60)}\`, which is not a grain.`,
      remedy: near ? `Did you mean \`${near}\`?` : `Grains: ${choices(names)}.`,
    });
  });
}

const needsSource = [
  "terraform",
  "opentofu",
  "terragrunt",
  "helm",
  "kubernetes",
  "ansible",
  "cloudformation",
  "aws-cdk",
  "blueprint",
];

function checkSpec(report: Report, root: Located, grain: Grain): void {
  const require = (field: string, isGiven: boolean) => {
    if (!isGiven)
      addError(report, spotOf(root, grain, "spec"), {
        code: "BP_REQUIRED",
        message: `A ${grain.kind} grain needs \`${field}\` in its spec (\`${grain.name}\`).`,
        remedy: `Add \`${field}\`.`,
      });
  };
  if (needsSource.includes(grain.kind) && !grain.spec.extra["built-in"]) require("source", grain.spec.source !== null);
  if (grain.kind === "shell") require("activities", grain.spec.activities.deploy.length > 0);
  if (grain.kind === "cloudformation") require("region", grain.spec.region !== null);
  if (grain.kind === "argocd") require("application", typeof grain.spec.extra.application === "string");
  const outputs = grain.spec.outputs.map((name) => name.toLowerCase());
  const twice = outputs.find((name, at) => outputs.indexOf(name) !== at);
  if (twice)
    addError(report, spotOf(root, grain, "spec", "outputs"), {
      code: "BP_DUPLICATE_KEY",
      message: `The output \`${twice}\` of \`${grain.name}\` is a duplicate.`,
      remedy: "Name each output once; capitals do not tell them apart.",
    });
}

/** Arguments are split into words by the tools they go to: text from outside could add flags. */
function checkArguments(report: Report, root: Located, grain: Grain): void {
  const given = { "command-arguments": [grain.spec.commandArguments], commands: grain.spec.helmCommands };
  for (const [field, texts] of Object.entries(given))
    for (const text of texts)
      if (/(?:\{\{|\{%)[\s\S]*\b(?:inputs|grains|bindings|env_references|ownerEmail|environmentName)\b/i.test(text))
        addError(report, spotOf(root, grain, "spec", field), {
          code: "BP_ARGUMENT_INJECTION",
          message: `\`${field}\` of \`${grain.name}\` takes text from outside: it could add flags to the command.`,
          remedy: "Pass values as `inputs` of the grain.",
        });
}

/** Name of the blueprint a `blueprint` grain nests: its file's or folder's name, or, in the old form, the grain's own. */
export function nestedBlueprintName(grain: Grain): string {
  const parts = (grain.spec.source?.path ?? "").split("/").filter((part) => part && part !== ".");
  const last = parts.at(-1) ?? "";
  if (/^blueprint\.ya?ml$/.test(last)) return parts.at(-2) ?? grain.name;
  if (last === "blueprints" || last === "") return grain.name;
  return last.replace(/\.ya?ml$/, "");
}

function nestsItself(grain: Grain, own: Own): boolean {
  const name = nestedBlueprintName(grain);
  return name === own.name || name === own.file.replace(/^.*\//, "").replace(/\.ya?ml$/, "");
}

/** Where a blueprint runs when its author says nothing: here, if every grain can run without a cloud account. */
export function defaultAgent(grains: readonly Grain[]): Blueprint["agent"] {
  return grains.length > 0 && grains.every((grain) => grain.kind === "shell") ? "local" : "simulator";
}
