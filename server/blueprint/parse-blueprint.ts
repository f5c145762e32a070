import { type Blueprint, blueprintFormat, type ParsedBlueprint } from "./blueprint.ts";
import { checkGrains, defaultAgent } from "./check/grains.ts";
import { checkInputDefinitions } from "./check/inputs.ts";
import { checkModules } from "./check/modules.ts";
import { checkTemplates } from "./check/templates.ts";
import { entriesOf, type Fields, readFields, textOf } from "./fields.ts";
import { loadYaml } from "./load-yaml.ts";
import type { Located } from "./located.ts";
import { readForm } from "./read/form.ts";
import { readGantry } from "./read/gantry.ts";
import { readGrains } from "./read/grains.ts";
import { readInputs } from "./read/inputs.ts";
import { readEnvironmentLabels, readInstructions, readMetadata } from "./read/metadata.ts";
import { readOtherRoots, rootFields } from "./read/other-roots.ts";
import { readOutputs } from "./read/outputs.ts";
import { addError, addWarning, hasErrors, type Report } from "./report.ts";

/**
 * Reads the files of one blueprint's folder. Gives the blueprint when nothing is wrong with it; warnings may come beside.
 * `name` is the folder's name. Never throws, whatever the files hold.
 */
export function parseBlueprint(files: Record<string, string>, { name }: { name?: string } = {}): ParsedBlueprint {
  const file = findBlueprintFile(files);
  const report: Report = { file: file ?? "blueprint.yaml", problems: [] };
  const source = file === null ? undefined : files[file];
  if (file === null || source === undefined) {
    addError(
      report,
      { row: 1, column: 1, path: "" },
      {
        code: "BP_EMPTY",
        message: "The folder holds no `blueprint.yaml`.",
        remedy: "Add the file.",
      },
    );
    return { problems: report.problems };
  }
  const root = loadYaml(source, report);
  if (!root) return { problems: report.problems };
  const own = { name: name ?? file.replace(/^.*\//, "").replace(/\.ya?ml$/, ""), file };
  const blueprint = readBlueprint(report, root, { own, files });
  if (blueprint) checkModules(report, blueprint.grains, files);
  return blueprint && !hasErrors(report) ? { blueprint, problems: report.problems } : { problems: report.problems };
}

/** `blueprint.yaml`, or the only YAML file at the top of the folder. */
function findBlueprintFile(files: Record<string, string>): string | null {
  if (Object.hasOwn(files, "blueprint.yaml")) return "blueprint.yaml";
  const candidates = Object.keys(files).filter((path) => !path.includes("/") && /\.ya?ml$/.test(path));
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}

type Origin = { own: { name: string; file: string }; files: Record<string, string> };

function readBlueprint(report: Report, root: Located, { own, files }: Origin): Blueprint | null {
  if (root.kind !== "map") {
    addError(report, root, {
      code: "BP_NOT_A_MAPPING",
      message: "The top level of a blueprint must be a mapping of fields.",
      remedy: "Start with `spec_version: 2`.",
    });
    return null;
  }
  const fields = readFields(report, root, rootFields);
  checkVersion(report, fields);
  const parts = readParts(report, fields);
  const metadata = readMetadata(report, fields.get("metadata"));
  const additions = readGantry(report, metadata.gantry ?? fields.get("gantry"), parts);
  const others = readOtherRoots(report, fields);
  const inputNames = parts.inputs.map((input) => input.name);
  const form = readCustomization(report, fields, inputNames);
  const instructions = readInstructions(report, fields.get("instructions"), files);
  checkMeaning(report, { root, fields, own, parts });
  return {
    ...additions,
    ...parts,
    ...others,
    format: blueprintFormat,
    name: own.name,
    title: additions.title ?? metadata.displayName ?? own.name,
    description: textOf(report, fields.get("description")) ?? "",
    labels: metadata.labels,
    agent: additions.agent ?? defaultAgent(parts.grains),
    instructions,
    readme: files["README.md"] ?? "",
    blocked: findBlock(metadata.labels),
    environmentLabels: readEnvironmentLabels(report, fields.get("labels")),
    form,
  };
}

type Parts = Pick<Blueprint, "inputs" | "outputs" | "grains">;

function readParts(report: Report, fields: Fields): Parts {
  const inputs = readInputs(report, fields.get("inputs"));
  const outputs = readOutputs(report, fields.get("outputs"));
  const grains = readGrains(report, fields.get("grains"));
  if (grains.length === 0 && !hasErrors(report) && !fields.has("family")) reportNoGrains(report, fields);
  return { inputs, outputs, grains };
}

type Whole = { root: Located; fields: Fields; own: Origin["own"]; parts: Parts };

/** What only the whole can tell: defaults, dependencies, what templates read. */
function checkMeaning(report: Report, { root, fields, own, parts }: Whole): void {
  checkInputDefinitions(report, root, parts.inputs);
  checkGrains(report, root, { grains: parts.grains, own });
  checkTemplates(report, root, {
    ...parts,
    envReferences: [...entriesOf(report, fields.get("env_references")).keys()],
    resources: [...entriesOf(report, fields.get("resources")).keys()],
    hasBindings: fields.has("workflow"),
  });
}

function findBlock(labels: Blueprint["labels"]): string | null {
  const blocked = labels.find((label) => label.key.toLowerCase() === "blocked");
  return blocked ? (blocked.value ?? "This blueprint is blocked.") : null;
}

function checkVersion(report: Report, fields: Fields): void {
  const node = fields.get("spec_version");
  const text = textOf(report, node);
  if (node && text === "2") return;
  addError(report, node ?? { ...fields.spot, path: "spec_version" }, {
    code: "BP_SPEC_VERSION",
    message: node
      ? `\`spec_version\` is \`${(text ?? "").slice(0, 40)}\`, which is not supported.`
      : "`spec_version` is missing; it is required.",
    remedy: "Write `spec_version: 2`, the only supported version.",
  });
}

function reportNoGrains(report: Report, fields: Fields): void {
  addError(report, fields.get("grains") ?? { ...fields.spot, path: "grains" }, {
    code: "BP_NO_GRAINS",
    message: "The blueprint has no `grains`: launching it would deploy nothing.",
    remedy: "Add at least one grain.",
  });
}

/** One of Torque's own demo files has the launch form at the root. */
function readCustomization(report: Report, fields: Fields, inputNames: string[]) {
  const stray = fields.get("launch-form");
  if (stray)
    addWarning(report, stray, {
      code: "BP_MISPLACED",
      message: "`launch-form` belongs under `customization`.",
      remedy: "Move it there.",
    });
  const customization = readFields(report, fields.get("customization"), ["launch-form", "grains-map"]);
  return readForm(report, customization.get("launch-form") ?? stray, inputNames);
}
