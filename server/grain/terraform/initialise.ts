import { type GrainStep, StepFailed } from "#server/grain/driver.ts";
import { findCliConfig } from "./cli-config.ts";
import { readTaggable } from "./read-taggable.ts";
import { runTerraform } from "./run-terraform.ts";
import { nothingTaggable } from "./tag-overrides.ts";
import { readGrainModules, writeOverrides } from "./terraform-folder.ts";
import type { Tools } from "./terraform-state.ts";

/** Only one init at a time fills the shared plugin folder. */
let turns: Promise<unknown> = Promise.resolve();

/** Gets the backend, the modules and the providers, and has what these can tag tagged. */
export async function initialise(step: GrainStep, tools: Tools): Promise<void> {
  const turn = turns.then(() => initialiseNow(step, tools));
  turns = turn.catch(() => undefined);
  await turn;
}

async function initialiseNow(step: GrainStep, tools: Tools): Promise<void> {
  const flags = tools.folder.isLocked ? ["-lockfile=readonly"] : [];
  const { problem } = findCliConfig();
  if (problem) step.log("warn", problem);
  const errors: string[] = [];
  const onStderr = (line: string) => {
    errors.push(...(/^Error: (.+)/.exec(line)?.slice(1) ?? []));
    step.log("warn", line);
  };
  const command = ["init", "-input=false", "-no-color", "-reconfigure", ...flags];
  const init = await runTerraform(step, command, { ...tools, onStderr });
  const isGood = init.code === 0;
  // Of a good one only the providers and modules matter; the rest tells how to use Terraform by hand.
  for (const line of init.stdout.split("\n"))
    if (line.startsWith("- ") || (!isGood && line.trim() !== "")) step.log("info", line);
  if (!isGood) {
    const why = `terraform init: ${errors[0] ?? "failed"}; the log says why.`;
    throw new StepFailed(problem ? `${why} ${problem}` : why);
  }
  const modules = await readGrainModules(step, tools.folder.module);
  const taggable = await readTaggable(step, tools, modules.values());
  if (taggable !== nothingTaggable) await writeOverrides(step, tools.folder.module, taggable);
}
