import fs from "node:fs";
import path from "node:path";
import type { Blueprint, Grain } from "#server/blueprint/blueprint.ts";
import { checkInputs } from "#server/blueprint/check-inputs.ts";
import { parseBlueprint } from "#server/blueprint/parse-blueprint.ts";
import { renderTemplate, shouldRunGrain } from "#server/blueprint/render.ts";
import { checkFolder } from "#server/blueprint/revision/check-folder.ts";
import { readFolder } from "#server/blueprint/revision/read-folder.ts";
import { pricedTypes } from "#server/cost/resources/registry.ts";
import { Problem } from "#server/errors.ts";
import { buildStaticPlan, type Plan } from "#server/plan/plan.ts";

/** What is wrong with one bundled blueprint, a line each; empty when nothing is. */
export async function findBlueprintFaults(folder: string, iconNames: ReadonlySet<string>): Promise<string[]> {
  const name = path.basename(folder);
  let files: Record<string, string>;
  try {
    files = readFolder(folder);
    checkFolder(files);
  } catch (error) {
    if (error instanceof Problem) return [error.message];
    throw error;
  }
  const { blueprint, problems } = parseBlueprint(files, { name });
  const said = problems.map(
    ({ file, row, column, message, remedy }) => `${file}:${row}:${column} ${message} ${remedy}`,
  );
  if (!blueprint) return said;
  const faults = [...said, ...findHouseFaults(blueprint, iconNames)];
  return [...faults, ...(await findPlanFaults(blueprint, files))];
}

/** The rules a bundled blueprint keeps beyond the format. */
function findHouseFaults(blueprint: Blueprint, iconNames: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  const demand = (isMet: boolean, message: string) => {
    if (!isMet) faults.push(message);
  };
  demand(blueprint.readme.length > 200, "README.md is missing or says too little.");
  demand(blueprint.description.length > 20, "The description is missing or says too little.");
  demand(blueprint.owner.team !== "", "It has no owner: set gantry.owner.team.");
  demand(blueprint.category !== "Other", "It has no category: set gantry.category.");
  demand(blueprint.labels.length > 0, "It has no labels.");
  demand(blueprint.prompts.length > 0, "It has no prompts.");
  demand(iconNames.has(blueprint.icon), `The icon ${blueprint.icon} does not exist.`);
  demand(
    blueprint.outputs.length > 0 && blueprint.inputs.every((input) => input.description !== ""),
    "Every input needs a description, and there must be an output.",
  );
  for (const prompt of blueprint.prompts)
    demand(
      prompt.slots.every((slot) => prompt.example[slot]),
      `The prompt "${prompt.title}" has no example for every slot.`,
    );
  const given = Object.fromEntries(blueprint.inputs.map((input) => [input.name, input.default ?? "x"]));
  const defaults = blueprint.inputs.filter((input) => input.default !== undefined).map((input) => input.name);
  for (const { input, message } of checkInputs(blueprint, given).problems)
    demand(!defaults.includes(input), `The default of ${input} is refused: ${message}`);
  return faults;
}

/** Kinds whose sources give a plan without a provider. */
export const planned: readonly Grain["kind"][] = ["terraform", "opentofu"];

async function findPlanFaults(blueprint: Blueprint, files: Record<string, string>): Promise<string[]> {
  const faults: string[] = [];
  const types = new Set<string>();
  for (const grain of blueprint.grains) {
    if (grain.spec.source && !hasFiles(files, grain.spec.source.path))
      faults.push(`The grain ${grain.name} names the path ${grain.spec.source.path}, where no file is.`);
    if (!planned.includes(grain.kind)) continue;
    try {
      const plan = await planWithDefaults(blueprint, grain, files);
      for (const change of plan.resource_changes) types.add(change.type);
      faults.push(...findMissingOutputs(grain, plan));
    } catch (error) {
      faults.push(`The grain ${grain.name} cannot be planned: ${error instanceof Error ? error.message : error}`);
    }
  }
  if (blueprint.declaredCosts.length === 0 && ![...types].some((type) => Object.hasOwn(pricedTypes, type)))
    faults.push("It declares no cost and has no resource with a price.");
  return faults;
}

function hasFiles(files: Record<string, string>, folder: string): boolean {
  return Object.keys(files).some((name) => name === folder || name.startsWith(`${folder.replace(/\/$/, "")}/`));
}

/** Plans a grain as a launch with nothing filled in would; what only a run knows stays unknown. */
export async function planWithDefaults(
  blueprint: Blueprint,
  grain: Grain,
  files: Record<string, string>,
): Promise<Plan> {
  const inputs = Object.fromEntries(blueprint.inputs.map((input) => [input.name, input.default ?? ""]));
  const roots = { inputs, envId: "0123456789abcdef", ownerEmail: "owner@example.com" };
  const isLater = (template: string) => template.includes(".grains.") || lacksDefault(blueprint, template);
  const entries = Object.entries(grain.spec.inputs);
  if (grain.when !== undefined) shouldRunGrain(grain, roots);
  return buildStaticPlan({
    files: new Map(Object.entries(files)),
    modulePath: grain.spec.source?.path ?? "",
    variables: Object.fromEntries(
      entries.filter(([, text]) => !isLater(text)).map(([name, text]) => [name, renderTemplate(text, roots)]),
    ),
    unknownVariables: Object.fromEntries(
      entries.filter(([, text]) => isLater(text)).map(([name]) => [name, "asked for"]),
    ),
  });
}

function lacksDefault(blueprint: Blueprint, template: string): boolean {
  const required = blueprint.inputs.filter((input) => input.default === undefined);
  return required.some((input) => template.includes(`.inputs.${input.name}`));
}

function findMissingOutputs(grain: Grain, plan: Plan): string[] {
  const made = Object.keys(plan.configuration.root_module?.outputs ?? {});
  return grain.spec.outputs
    .filter((name) => !made.includes(name))
    .map((name) => `The grain ${grain.name} declares the output ${name}, which its module does not have.`);
}

/** Names of the icons that exist, read from the package's declarations. */
export function readIconNames(root: string): Set<string> {
  const file = path.join(root, "node_modules/@tabler/icons-react/dist/tabler-icons-react.d.ts");
  return new Set(fs.readFileSync(file, "utf8").match(/\bIcon[A-Z0-9][A-Za-z0-9]*\b/g) ?? []);
}
