import type { GrainKind, GrainSpec, Script, Source } from "#server/blueprint/blueprint.ts";
import {
  entriesOf,
  type Fields,
  flagOf,
  listOf,
  pairsOf,
  readFields,
  textOf,
  textsOf,
} from "#server/blueprint/fields.ts";
import { type Located, toPlain, toText } from "#server/blueprint/located.ts";
import { isSafeVariable } from "#server/blueprint/names.ts";
import { addError, type Report } from "#server/blueprint/report.ts";
import { spellOut } from "#server/blueprint/text-safety.ts";
import { readActivities, readShellFiles } from "./activities.ts";
import { readSource } from "./source.ts";
import { specFields, typedSpecFields } from "./spec-fields.ts";

/** Reads a grain's `spec`. Everything is optional in the format; what a kind needs is checked afterwards. */
export function readSpec(report: Report, node: Located | undefined, kind: GrainKind): GrainSpec {
  const fields = readFields(report, node, specFields[kind]);
  const text = (name: string) => textOf(report, fields.get(name)) ?? null;
  refuseBinary(report, fields);
  const activities = readActivities(report, fields.get("activities"));
  return {
    source: readSource(report, fields.get("source")),
    agent: readAgent(report, fields),
    inputs: readGrainInputs(report, fields.get("inputs"), kind),
    outputs: textsOf(report, fields.get("outputs")),
    sensitiveOutputs: [],
    envVars: readVariables(report, fields.get("env-vars")),
    authentication: textsOf(report, fields.get("authentication")),
    tags: readTags(report, fields.get("tags")),
    activities,
    files: readShellFiles(report, fields.get("files")),
    workspaceDirectories: readSources(report, fields.get("workspace-directories")),
    scripts: readScripts(report, fields.get("scripts")),
    targetNamespace: text("target-namespace") ?? text("namespace"),
    valuesFiles: readSources(report, fields.get("values-files")),
    tfvarsFiles: readSources(report, fields.get("tfvars-files")),
    commandArguments: text("command-arguments") ?? "",
    helmCommands: textsOf(report, fields.get("commands")),
    autoApprove: flagOf(report, fields.get("auto-approve"), true),
    autoRetry: flagOf(report, fields.get("auto-retry"), true),
    mode: text("mode") ?? (kind === "argocd" ? "data" : "managed"),
    version: text("version"),
    region: text("region"),
    extra: readExtra(node),
  };
}

function readExtra(node: Located | undefined): Record<string, unknown> {
  if (node?.kind !== "map") return {};
  const entries = [...node.entries].filter(([name]) => !typedSpecFields.has(name));
  return Object.fromEntries(entries.map(([name, { value }]) => [name, toPlain(value)]));
}

function refuseBinary(report: Report, fields: Fields): void {
  const node = fields.get("binary");
  if (!node) return;
  addError(report, node, {
    code: "BP_BINARY_NOT_ALLOWED",
    message: "A blueprint may not bring its own `binary`: it would run unverified on the agent.",
    remedy: "Remove it; an administrator configures which Terraform an agent uses.",
  });
}

const agentFields = [
  "name",
  "service-account",
  "runner-namespace",
  "storage-size",
  "use-storage",
  "isolated",
  "image",
  "region",
  "kubernetes",
  "runner-configuration-override",
];

function readAgent(report: Report, fields: Fields): string | null {
  const node = fields.get("agent") ?? fields.get("target") ?? fields.get("host");
  if (node?.kind === "text") return node.text;
  return textOf(report, readFields(report, node, agentFields).get("name")) ?? null;
}

const inputNames: Partial<Record<GrainKind, RegExp>> = {
  helm: /^[A-Za-z_][A-Za-z0-9_.[\]\\/-]*$/,
  kubernetes: /^[A-Za-z_][A-Za-z0-9_.[\]\\/-]*$/,
  blueprint: /^[A-Za-z0-9_][A-Za-z0-9_ ().-]*$/,
};
const plainInputName = /^[A-Za-z_][A-Za-z0-9_-]*$/;

function readGrainInputs(report: Report, node: Located | undefined, kind: GrainKind): Record<string, string> {
  const pattern = inputNames[kind] ?? plainInputName;
  const inputs: Record<string, string> = {};
  for (const [name, { key, value }] of pairsOf(report, node)) {
    if (!pattern.test(name) || name.length > 200)
      addError(report, key, {
        code: "BP_INPUT_NAME",
        message: `\`${spellOut(name)}\` is not a usable input name for a ${kind} grain.`,
        remedy: "Use the name of the variable: letters, digits, `_` and `-`, starting with a letter.",
      });
    else inputs[name] = toText(value);
  }
  return inputs;
}

function readVariables(report: Report, node: Located | undefined): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, { key, value }] of pairsOf(report, node)) {
    if (name === "_" || isSafeVariable(name)) variables[name] = toText(value);
    else
      addError(report, key, {
        code: "BP_ENV_NAME",
        message: `\`${spellOut(name)}\` may not be set as an environment variable: it changes what runs, or is no plain name.`,
        remedy: "Use a variable of your own, e.g. `APP_MODE`.",
      });
  }
  return variables;
}

function readTags(report: Report, node: Located | undefined): GrainSpec["tags"] {
  const fields = readFields(report, node, ["auto-tag", "disable-tags-for"]);
  return {
    autoTag: flagOf(report, fields.get("auto-tag"), true),
    disableFor: textsOf(report, fields.get("disable-tags-for")),
  };
}

/** A list of `{ source: … }`. */
function readSources(report: Report, node: Located | undefined): Source[] {
  return listOf(report, node).flatMap(
    (item) => readSource(report, readFields(report, item, ["source"]).get("source")) ?? [],
  );
}

const hooks = [
  "pre-tf-init",
  "post-tf-plan",
  "pre-tf-destroy",
  "post-helm-install",
  "post-kubernetes-install",
  "pre-ansible-run",
  "pre-aws-cdk-deploy",
  "post-aws-cdk-deploy",
];

function readScripts(report: Report, node: Located | undefined): Record<string, Script> {
  readFields(report, node, hooks);
  const scripts: Record<string, Script> = {};
  for (const [hook, { value }] of entriesOf(report, node)) {
    const fields = readFields(report, value, ["source", "arguments", "outputs"]);
    const source = readSource(report, fields.get("source"));
    const script = textOf(report, fields.get("arguments")) ?? "";
    if (source) scripts[hook] = { source, arguments: script, outputs: textsOf(report, fields.get("outputs")) };
  }
  return scripts;
}
