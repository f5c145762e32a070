import fs from "node:fs";
import path from "node:path";
import { parse } from "@cdktn/hcl2json";
import { z } from "zod";
import { Problem } from "#server/errors.ts";
import type { GrainStep } from "#server/grain/driver.ts";
import { controlFolder, filesFolder, insideOf, prepareFolders, writeFile } from "#server/grain/work-folder.ts";

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

const Provider = z.object({
  alias: z.string().optional(),
  default_tags: z.array(z.object({ tags: z.unknown() })).optional(),
});
const Providers = z.object({ provider: z.object({ aws: z.array(Provider).optional() }).optional() });

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
  const { files, control } = prepareFolders(step);
  const module = insideOf(files, source?.path ?? ".");
  if (!fs.existsSync(module))
    throw new Problem("bad_input", `The blueprint has no folder ${JSON.stringify(source?.path)}.`, {
      remedy: "Correct the grain's source path.",
    });
  // A killed worker may have left them.
  for (const name of [probeName, straysName, importsName]) fs.rmSync(path.join(module, name), { force: true });
  refuseLaterOverrides(module);
  await writeOverrides(step, module);
  const folder = folderOf(step);
  writeFile(path.join(control, variablesName), JSON.stringify(variableValues(step)));
  return folder;
}

export function folderOf(step: GrainStep): TerraformFolder {
  const files = filesFolder(step);
  const module = insideOf(files, step.grain.spec.source?.path ?? ".");
  const control = controlFolder(step);
  // Relative to the module, as the author names them, or to the blueprint's folder.
  const authors = step.grain.spec.tfvarsFiles.map(({ path: name }) => {
    const beside = insideOf(files, path.relative(files, path.resolve(module, name)));
    return fs.existsSync(beside) ? beside : insideOf(files, name);
  });
  return {
    module,
    variableFiles: [...authors, path.join(control, variablesName)],
    planFile: path.join(control, "plan.bin"),
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

/** State goes to the portal; the environment's tags onto everything AWS, whatever the author's providers say. */
async function writeOverrides(step: GrainStep, module: string): Promise<void> {
  const backend = step.stateBackend ? { http: {} } : { local: { path: path.join(step.stateDir, "terraform.tfstate") } };
  const declared = await awsProviders(module);
  const connected = connectionSettings(step.credentials ?? {});
  const tagged = (provider: z.infer<typeof Provider>) => ({
    ...(provider.alias && { alias: provider.alias }),
    ...connected,
    default_tags: [{ tags: mergedTags(provider.default_tags?.[0]?.tags, step.tags) }],
  });
  const overrides = declared.map(tagged);
  writeFile(
    path.join(module, overrideName),
    JSON.stringify({ terraform: { backend }, ...(overrides.length > 0 && { provider: { aws: overrides } }) }, null, 2),
  );
  const usesAws = declared.length > 0 || mentionsAws(module);
  // An override needs something to override: a module that configures no default provider gets one.
  const lacksDefault = usesAws && !declared.some(({ alias }) => !alias);
  const added = path.join(module, providersName);
  if (lacksDefault) writeFile(added, JSON.stringify({ provider: { aws: [tagged({})] } }, null, 2));
  else fs.rmSync(added, { force: true });
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

function mergedTags(authors: unknown, ours: Record<string, string>): unknown {
  const plain = Object.fromEntries(Object.entries(ours).map(([key, value]) => [key, literal(value)]));
  if (typeof authors === "string" && authors.startsWith("${") && authors.endsWith("}"))
    return `\${merge(${authors.slice(2, -1)}, jsondecode(${literal(JSON.stringify(JSON.stringify(ours)))}))}`;
  if (typeof authors === "object" && authors !== null) return { ...authors, ...plain };
  return plain;
}

/** Text that Terraform takes as it is, not as a template. */
const literal = (text: string) => text.replace(/[$%](?=\{)/g, (sign) => sign + sign);

async function awsProviders(module: string): Promise<z.infer<typeof Provider>[]> {
  const found: z.infer<typeof Provider>[] = [];
  for (const name of fs.readdirSync(module)) {
    if (!name.endsWith(".tf") || name === overrideName) continue;
    const parsed: unknown = await parse(name, fs.readFileSync(path.join(module, name), "utf8")).catch(() => ({}));
    const providers = Providers.safeParse(parsed);
    if (providers.success) found.push(...(providers.data.provider?.aws ?? []));
  }
  return found;
}

/**
 * The AWS provider configurations of a module: `aws`, `aws.west`. Types that are known of say that it uses AWS where its own
 * files don't.
 */
export async function searchableProviders(module: string, types: readonly string[]): Promise<string[]> {
  const declared = (await awsProviders(module)).map(({ alias }) => (alias ? `aws.${alias}` : "aws"));
  const isUsed = declared.length > 0 || mentionsAws(module) || types.some((type) => type.startsWith("aws_"));
  return isUsed ? [...new Set(["aws", ...declared])] : [];
}

function mentionsAws(module: string): boolean {
  const text = (name: string) => fs.readFileSync(path.join(module, name), "utf8");
  return fs.readdirSync(module).some((name) => name.endsWith(".tf") && /^\s*(resource|data)\s+"aws_/m.test(text(name)));
}
