import { z } from "zod";
import { type GrainStep, type KnownResource, StepFailed } from "#server/grain/driver.ts";
import type { TerraformCli } from "./find-terraform.ts";
import { partMark } from "./intentions.ts";
import { runTerraform } from "./run-terraform.ts";
import type { TerraformFolder } from "./terraform-folder.ts";

export type Tools = { cli: TerraformCli; folder: TerraformFolder };

/** Resources that are nothing but an entry in the state: they can't be left anywhere else. */
const stateOnly = /^(terraform_data|null_resource|random_\w+|time_\w+|tls_\w+)$/;
export const isStateOnly = (type: string) => stateOnly.test(type);

/** The last segment of an address that is a type: `module.a.aws_s3_bucket.b["x"]` gives `aws_s3_bucket`. */
export function typeOf(address: string): string {
  const bare = address.replace(/\[[^\]]*\]/g, "").split(".");
  return bare.at(-2) ?? "";
}

const State = z.object({
  resources: z
    .array(
      z.object({
        module: z.string().optional(),
        mode: z.string(),
        type: z.string(),
        name: z.string(),
        instances: z
          .array(
            z.object({
              index_key: z.union([z.string(), z.number()]).optional(),
              attributes: z.looseObject({ id: z.unknown().optional(), arn: z.unknown().optional() }).nullish(),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
});

export type Held = { address: string; type: string; id: string | null; arn: string | null };

/** What the state holds, data sources left out. The state itself never leaves memory. */
export async function listHeld(step: GrainStep, tools: Tools): Promise<Held[]> {
  const pulled = await runTerraform(step, ["state", "pull"], tools);
  if (pulled.code !== 0) throw new StepFailed("The Terraform state could not be read; the log says why.");
  if (pulled.stdout.trim() === "") return [];
  const { resources } = State.parse(JSON.parse(pulled.stdout));
  return resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ module, type, name, instances }) =>
      instances.map(({ index_key: key, attributes }) => {
        const index = key === undefined ? "" : `[${JSON.stringify(key)}]`;
        const address = `${module ? `${module}.` : ""}${type}.${name}${index}`;
        return { address, type, id: textOf(attributes?.id), arn: textOf(attributes?.arn) };
      }),
    );
}

const textOf = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);

/** The address of what only a search by tags has found. */
export const isArn = (address: string) => address.startsWith("arn:");

/** What was begun or made and is not in the state: it may exist although nobody manages it any more. */
export function suspects(known: readonly KnownResource[], held: readonly Held[]): KnownResource[] {
  const addresses = new Set(held.map(({ address }) => address));
  return known.filter(
    ({ address, attributes }) =>
      !addresses.has(address) && !isArn(address) && !stateOnly.test(typeOf(address)) && attributes[partMark] !== true,
  );
}
