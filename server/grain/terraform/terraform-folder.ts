import fs from "node:fs";
import path from "node:path";
import { Problem } from "#server/errors.ts";
import type { GrainStep } from "#server/grain/driver.ts";
import { secretFolder } from "#server/grain/secret-folder.ts";
import { filesFolder, insideOf, prepareFolders, writeFile } from "#server/grain/work-folder.ts";
import { type ModuleBlocks, readModule, readModules } from "./module-source.ts";
import { awsProvider, labelsOf, nothingTaggable, overridesFor, type Taggable } from "./tag-overrides.ts";

export type TerraformFolder = {
  /** The root module. */
  module: string;
  /** Later ones win. */
  variableFiles: string[];
  planFile: string;
  /** Whether the author pinned providers. */
  isLocked: boolean;
};

// "~" sorts behind letters: of several override files the last one wins.
const overrideName = "~gantry_override.tf.json";
const variablesName = "variables.tfvars.json";
const providersName = "gantry_providers.tf.json";
/** Removed again after each look; see probe.ts. */
export const probeName = "gantry_probe.tf.json";
/** Removed again after each import; see import-resource.ts. */
export const straysName = "gantry_strays.tf.json";
/** Removed again after the plan that imports. */
export const importsName = "gantry_imports.tf.json";

/** Writes the blueprint's files and, beside the author's, what makes state and tags ours. */
export async function prepareTerraform(step: GrainStep): Promise<TerraformFolder> {
  const { source } = step.grain.spec;
  if (source?.store)
    throw new Problem(
      "unavailable",
      `The grain's source is in the store ${JSON.stringify(source.store)}, which this worker can't read.`,
      {
        remedy: "Keep the module in the blueprint's own folder.",
      },
    );
  const { files, secret } = prepareFolders(step);
  const module = insideOf(files, source?.path ?? ".");
  if (!fs.existsSync(module))
    throw new Problem("bad_input", `The blueprint has no folder ${JSON.stringify(source?.path)}.`, {
      remedy: "Correct the grain's source path.",
    });
  // A killed worker may have left them.
  for (const name of [probeName, straysName, importsName])
    fs.rmSync(path.join(/* turbopackIgnore: true */ module, name), { force: true });
  for (const folder of (await readGrainModules(step, module)).keys()) refuseLaterOverrides(folder);
  await writeOverrides(step, module, nothingTaggable);
  const folder = folderOf(step);
  writeFile(path.join(secret, variablesName), JSON.stringify(variableValues(step)));
  return folder;
}

export function folderOf(step: GrainStep): TerraformFolder {
  const files = filesFolder(step);
  const module = insideOf(files, step.grain.spec.source?.path ?? ".");
  const secret = secretFolder(step);
  // Relative to the module, as the author names them, or to the blueprint's folder.
  const authors = step.grain.spec.tfvarsFiles.map(({ path: name }) => {
    const beside = insideOf(files, path.relative(files, path.resolve(module, name)));
    return fs.existsSync(beside) ? beside : insideOf(files, name);
  });
  return {
    module,
    variableFiles: [...authors, path.join(secret, variablesName)],
    planFile: path.join(secret, "plan.bin"),
    isLocked: fs.existsSync(path.join(module, ".terraform.lock.hcl")),
  };
}

function refuseLaterOverrides(module: string): void {
  const later = fs.readdirSync(module).find((name) => /override\.tf(\.json)?$/.test(name) && name > overrideName);
  if (later)
    throw new Problem(
      "bad_input",
      `The file ${JSON.stringify(later)} would override what Gantry sets for state and tags.`,
      {
        remedy: 'Rename the file so that its name sorts before "~".',
      },
    );
}

/** Texts as Torque reads them: one JSON value where it is a list or an object, else the text; Terraform converts the rest. */
function variableValues(step: GrainStep): Record<string, unknown> {
  const { simulate_failure: _, ...inputs } = step.inputs;
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => {
      if (!/^\s*[[{]/.test(value)) return [name, value];
      try {
        return [name, JSON.parse(value)];
      } catch {
        return [name, value];
      }
    }),
  );
}

const ours = [overrideName, providersName, probeName, straysName, importsName];

/** The author's blocks of the grain's module and of every module of the blueprint that it calls. */
export function readGrainModules(step: Pick<GrainStep, "workDir">, module: string): Promise<Map<string, ModuleBlocks>> {
  return readModules(module, filesFolder(step), ours);
}

/**
 * State goes to the portal; the environment's tags onto everything that can be tagged, whatever the author's files say. Called
 * again once the providers are installed, where they must be asked what they can tag.
 */
export async function writeOverrides(step: GrainStep, module: string, taggable: Taggable): Promise<void> {
  const backend = step.stateBackend ? { http: {} } : { local: { path: path.join(step.stateDir, "terraform.tfstate") } };
  const { tags } = step;
  const connected = connectionSettings(step.credentials ?? {});
  const modules = await readGrainModules(step, module);
  for (const [folder, blocks] of modules) {
    const isRoot = folder === module;
    const overrides = overridesFor(blocks, { tags, taggable, isRoot, connected });
    const file = path.join(folder, overrideName);
    const whole = { ...(isRoot && { terraform: { backend } }), ...overrides };
    if (Object.keys(whole).length > 0) writeFile(file, JSON.stringify(whole, null, 2));
    else fs.rmSync(file, { force: true });
  }
  const added = path.join(module, providersName);
  const provider = missingProviders(modules, module, { tags, taggable, connected });
  if (Object.keys(provider).length > 0) writeFile(added, JSON.stringify({ provider }, null, 2));
  else fs.rmSync(added, { force: true });
}

/** An override needs something to override: where no module configures a default provider, the root gets one. */
function missingProviders(
  modules: Map<string, ModuleBlocks>,
  root: string,
  { tags, taggable, connected }: { tags: GrainStep["tags"]; taggable: Taggable; connected: Record<string, unknown> },
): Record<string, unknown> {
  const { providers = [] } = modules.get(root) ?? {};
  const lacks = (name: string) => !providers.some(({ name: own, body }) => own === name && !("alias" in body));
  const uses = (prefix: string) =>
    [...modules.values()].some(({ types }) => [...types].some((type) => type.startsWith(prefix)));
  const named = (name: string) => providers.some((provider) => provider.name === name);
  return {
    ...((uses("aws_") || named("aws")) && lacks("aws") && { aws: [awsProvider({}, { tags, connected })] }),
    ...(taggable.googleLabels &&
      uses("google_") &&
      lacks("google") && { google: [{ default_labels: labelsOf(tags) }] }),
  };
}

/** What the AWS provider takes from no environment variable. */
function connectionSettings(credentials: Readonly<Record<string, string>>): Record<string, unknown> {
  const { AWS_ENDPOINT_URL: endpoint, AWS_ROLE_ARN: role, AWS_EXTERNAL_ID: external } = credentials;
  return {
    // Another endpoint has one host name for all buckets.
    ...(endpoint && { s3_use_path_style: true }),
    ...(role && {
      assume_role: [{ role_arn: role, session_name: "gantry", ...(external && { external_id: external }) }],
    }),
  };
}

/**
 * The AWS provider configurations of a module: `aws`, `aws.west`. Types that are known of say that it uses AWS where its own
 * files don't.
 */
export async function searchableProviders(module: string, types: readonly string[]): Promise<string[]> {
  const blocks = await readModule(module, ours);
  const declared = blocks.providers
    .filter(({ name }) => name === "aws")
    .map(({ body }) => (typeof body.alias === "string" ? `aws.${body.alias}` : "aws"));
  const isUsed = declared.length > 0 || [...blocks.types, ...types].some((type) => type.startsWith("aws_"));
  return isUsed ? [...new Set(["aws", ...declared])] : [];
}
