import type { Grain } from "#server/blueprint/blueprint.ts";
import { buildStaticPlan, type Plan } from "./plan.ts";
import { resolvePath } from "./source-files.ts";

export type GrainPlanInput = {
  /** The whole blueprint's folder: a grain's module may call others anywhere inside it, as `../modules/x`. */
  files: Readonly<Record<string, string>>;
  variables: Readonly<Record<string, unknown>>;
  unknownVariables?: Readonly<Record<string, string>>;
  defaultTags: Readonly<Record<string, string>>;
  unknownTags?: Readonly<Record<string, string>>;
  /** What data sources gave, by address, where a real plan has read them. */
  readData?: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
};

/** Variables by which the AWS provider takes its region where the configuration names none. */
const regionVariables = ["AWS_REGION", "AWS_DEFAULT_REGION"];

/** The static plan of a grain, or null where its sources aren't Terraform of the blueprint's own folder. */
export async function planGrain(grain: Grain, input: GrainPlanInput): Promise<Plan | null> {
  const { kind, spec } = grain;
  if ((kind !== "terraform" && kind !== "opentofu") || spec.source?.store) return null;
  const modulePath = spec.source?.path ?? "";
  const folder = resolvePath(modulePath);
  const isModule = (name: string) => name.startsWith(folder ? `${folder}/` : "") && /\.tf(\.json)?$/.test(name);
  if (folder === undefined || !Object.keys(input.files).some(isModule)) return null;
  const { files, ...rest } = input;
  const region = regionVariables.map((name) => spec.envVars[name]).find(Boolean);
  return buildStaticPlan({
    ...rest,
    files: new Map(Object.entries(files)),
    modulePath: folder,
    tfvars: spec.tfvarsFiles.map(({ path }) => besideOrAbove(folder, path, files)),
    ...(region && { providerDefaults: { aws: { region } } }),
  });
}

/** Variables files are named from the module or from the blueprint's folder; here always from the module. */
function besideOrAbove(folder: string, name: string, files: GrainPlanInput["files"]): string {
  const beside = resolvePath(folder, name);
  if (beside !== undefined && Object.hasOwn(files, beside)) return name;
  const up = folder
    .split("/")
    .filter(Boolean)
    .map(() => "../");
  return `${up.join("")}${name}`;
}
