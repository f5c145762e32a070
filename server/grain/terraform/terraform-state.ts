import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { type GrainStep, type KnownResource, StepFailed } from "#server/grain/driver.ts";
import type { TerraformCli } from "./find-terraform.ts";
import { runTerraform } from "./run-terraform.ts";
import type { TerraformFolder } from "./terraform-folder.ts";

export type Tools = { cli: TerraformCli; folder: TerraformFolder };

/** Resources that are nothing but an entry in the state: they can't be left anywhere else. */
const stateOnly = /^(terraform_data|null_resource|random_\w+|time_\w+|tls_\w+)$/;

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
        instances: z.array(z.object({ index_key: z.union([z.string(), z.number()]).optional() })).default([]),
      }),
    )
    .default([]),
});

/** Addresses of what the state holds, data sources left out. The state itself never leaves memory. */
export async function listState(step: GrainStep, tools: Tools): Promise<string[]> {
  const pulled = await runTerraform(step, ["state", "pull"], tools);
  if (pulled.code !== 0) throw new StepFailed("The Terraform state could not be read; the log says why.");
  if (pulled.stdout.trim() === "") return [];
  const { resources } = State.parse(JSON.parse(pulled.stdout));
  return resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ module, type, name, instances }) =>
      instances.map(({ index_key: key }) => {
        const index = key === undefined ? "" : `[${JSON.stringify(key)}]`;
        return `${module ? `${module}.` : ""}${type}.${name}${index}`;
      }),
    );
}

/** What was begun or made and is not in the state: it may exist although nobody manages it any more. */
export function suspects(known: readonly KnownResource[], inState: readonly string[]): KnownResource[] {
  return known.filter(({ address }) => !inState.includes(address) && !stateOnly.test(typeOf(address)));
}

/** Pushes the state that an interrupted run could not deliver, before anything else is done on top of an older one. */
export async function rescueState(step: GrainStep, tools: Tools): Promise<void> {
  const errored = path.join(tools.folder.module, "errored.tfstate");
  if (!fs.existsSync(errored)) return;
  step.log("warn", "An interrupted run left its state behind; it is stored first.");
  const pushed = await runTerraform(step, ["state", "push", "-lock-timeout=60s", errored], { ...tools, logged: true });
  if (pushed.code !== 0)
    throw new StepFailed("The state an interrupted run left behind could not be stored.", `It is kept in ${errored}.`);
  fs.rmSync(errored);
}
