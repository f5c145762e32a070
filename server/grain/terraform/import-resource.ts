import fs from "node:fs";
import path from "node:path";
import { crashpoint } from "#server/crashpoint.ts";
import type { GrainStep } from "#server/grain/driver.ts";
import { writeFile } from "#server/grain/work-folder.ts";
import { runTerraform } from "./run-terraform.ts";
import { importsName, straysName } from "./terraform-folder.ts";
import type { Tools } from "./terraform-state.ts";

export type Import = { address: string; id: string };

/** An address of the module, or a blank one for a stray. */
export type Place = { address: string; blank?: { type: string; name: string; provider: string } };

/** Takes something that exists into the state, where it is managed from the moment this returns. */
export async function importResource(
  step: GrainStep,
  tools: Tools,
  { address, blank, id }: Place & { id: string },
): Promise<"imported" | "absent" | "failed"> {
  const file = path.join(tools.folder.module, straysName);
  if (blank)
    writeFile(file, JSON.stringify({ resource: { [blank.type]: { [blank.name]: { provider: blank.provider } } } }));
  const said: string[] = [];
  const variables = tools.folder.variableFiles.map((name) => `-var-file=${name}`);
  crashpoint("adopt.before-import");
  const { code } = await runTerraform(
    step,
    ["import", "-input=false", "-no-color", "-lock-timeout=60s", ...variables, address, id],
    { ...tools, onStderr: (line) => said.push(line) },
  ).finally(() => fs.rmSync(file, { force: true }));
  crashpoint("adopt.after-import");
  const text = said.join("\n");
  if (code === 0 || text.includes("Resource already managed by Terraform")) return "imported";
  if (text.includes("Cannot import non-existent remote object")) return "absent";
  step.log(
    "warn",
    `${address}: ${id} could not be taken into the state: ${/Error: (.*)/.exec(text)?.[1] ?? "see above"}`,
  );
  return "failed";
}

/** Has the next plan import what was found: it is judged with everything else, and its apply takes it into the state. */
export async function withImports<T>(tools: Tools, imports: readonly Import[], act: () => Promise<T>): Promise<T> {
  const file = path.join(tools.folder.module, importsName);
  if (imports.length > 0)
    writeFile(file, JSON.stringify({ import: imports.map(({ address, id }) => ({ to: address, id })) }));
  return act().finally(() => fs.rmSync(file, { force: true }));
}

/** Whether what was read bears the environment's own tags: the proof that it is not another's of the same name. */
export function bearsTags(values: Record<string, unknown>, tags: Record<string, string>): boolean {
  const environment = tags["gantry-environment"];
  return [values.tags_all, values.tags].some(
    (all) =>
      environment !== undefined &&
      typeof all === "object" &&
      all !== null &&
      (all as Record<string, unknown>)["gantry-environment"] === environment,
  );
}
