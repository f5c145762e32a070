import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { Problem } from "#server/errors.ts";
import { dataFieldTypes, type Policy, policyPackages } from "./policy.ts";

const DataField = z.object({ type: z.enum(dataFieldTypes), title: z.string(), default: z.unknown() });
const Annotation = z.object({
  title: z.string(),
  description: z.string().default(""),
  custom: z
    .object({
      data: z.record(z.string(), DataField).default({}),
      data_from: z.string().nullable().default(null),
      severity: z.string().nullable().default(null),
      enabled: z.boolean().default(true),
    })
    .loose()
    .default({ data: {}, data_from: null, severity: null, enabled: true }),
});

type Annotated = z.infer<typeof Annotation>;

/** The YAML of the `# METADATA` comment that opens a policy; `untitled` for one that needs no title yet. */
function readAnnotation(source: string, file: string, untitled?: string): Annotated {
  const lines = source.split("\n");
  const start = lines.findIndex((line) => line.trim() === "# METADATA");
  const end = lines.findIndex((line, row) => row > start && !line.startsWith("#"));
  const text = lines
    .slice(start + 1, end)
    .map((line) => line.replace(/^# ?/, ""))
    .join("\n");
  const written = start < 0 ? undefined : readYaml(text, { file, row: start + 1 });
  const parsed = Annotation.safeParse(untitled === undefined ? written : { title: untitled, ...(written ?? {}) });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Problem(
    "bad_input",
    `${file}: the METADATA comment is not usable: ${issue?.path.join(".")} ${issue?.message}`,
    {
      place: { file, row: start + 1 },
      remedy: "Open the file with `# METADATA`, a title, a description and, under custom.data, its limits.",
    },
  );
}

function readYaml(text: string, place: { file: string; row: number }): object | undefined {
  try {
    const read: unknown = parse(text);
    return typeof read === "object" && read !== null ? read : undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new Problem("bad_input", `${place.file}: the METADATA comment is not YAML: ${message}`, {
      place,
      remedy: "Correct the comment, or leave it out while you try the policy.",
    });
  }
}

type PolicyFile = { file: string; source: string; test: Policy["test"] };

/** Reads one policy; throws a Problem when its annotation or package is not usable. */
export function readPolicy(file: string, source: string, test: Policy["test"]): Policy {
  return policyOf({ file, source, test }, readAnnotation(source, file));
}

/** Reads a policy that is being written: it needs no title yet. */
export function readUnfinishedPolicy(file: string, source: string): Policy {
  return policyOf({ file, source, test: null }, readAnnotation(source, file, "The draft"));
}

function policyOf({ file, source, test }: PolicyFile, annotation: Annotated): Policy {
  const declared = /^package\s+([\w.]+)/m.exec(source)?.[1];
  const packageName = policyPackages.find((name) => name === declared);
  if (!packageName)
    throw new Problem("bad_input", `${file}: package ${declared ?? "(none)"} is not asked by the gate.`, {
      place: { file },
      remedy: `Use one of ${policyPackages.join(", ")}.`,
    });
  return {
    name: path.basename(file, ".rego"),
    packageName,
    title: annotation.title,
    description: annotation.description,
    severity: annotation.custom.severity,
    file,
    source,
    digest: createHash("sha256").update(source).digest("hex"),
    fields: annotation.custom.data as Policy["fields"],
    dataFrom: annotation.custom.data_from,
    enabledByDefault: annotation.custom.enabled,
    test,
  };
}

/** All policies below a folder, tests excluded, by name. Two files of one name are refused. */
export function readPolicyFolder(folder: string): Map<string, Policy> {
  const policies = new Map<string, Policy>();
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  for (const name of files.filter((file) => file.endsWith(".rego") && !file.endsWith("_test.rego"))) {
    const full = path.join(folder, name);
    const testFile = full.replace(/\.rego$/, "_test.rego");
    const test = fs.existsSync(testFile)
      ? { file: path.relative(process.cwd(), testFile), source: fs.readFileSync(testFile, "utf8") }
      : null;
    const policy = readPolicy(path.relative(process.cwd(), full), fs.readFileSync(full, "utf8"), test);
    if (policies.has(policy.name))
      throw new Problem("conflict", `Two policies are called ${policy.name}.`, { place: { file: full } });
    policies.set(policy.name, policy);
  }
  return policies;
}

let bundled: Map<string, Policy> | undefined;

/** The policies of this release, read once. */
export function bundledPolicies(): ReadonlyMap<string, Policy> {
  bundled ??= readPolicyFolder(path.resolve("policies"));
  return bundled;
}

/** A policy by name; throws not_found. */
export function findBundledPolicy(name: string): Policy {
  const policy = bundledPolicies().get(name);
  if (!policy) throw new Problem("not_found", `There is no policy ${name}.`);
  return policy;
}

/** The data a policy has where a space has set none. */
export function defaultData(policy: Policy): Record<string, unknown> {
  return Object.fromEntries(Object.entries(policy.fields).map(([name, field]) => [name, field.default]));
}
