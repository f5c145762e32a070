import type { GrainStep, Planned } from "#server/grain/driver.ts";
import { runTerraform } from "./run-terraform.ts";
import { isStateOnly, type Tools } from "./terraform-state.ts";

/**
 * Reads once more what was just made. Some resources set fields of others (a bucket's policy shows on the bucket), which the
 * state learns too late: the first look for drift would take them for changes from outside.
 */
export async function settle(step: GrainStep, tools: Tools, { plan }: Planned): Promise<void> {
  const changes = plan?.resource_changes ?? [];
  const changed = changes.filter(({ mode, change }) => mode === "managed" && !change.actions.includes("no-op"));
  if (changed.every(({ type }) => isStateOnly(type))) return;
  const variables = tools.folder.variableFiles.map((file) => `-var-file=${file}`);
  const flags = ["-refresh-only", "-auto-approve", "-input=false", "-no-color", "-lock-timeout=60s"];
  const { code } = await runTerraform(step, ["apply", ...flags, ...variables], tools);
  if (code !== 0) step.log("warn", "What was made could not be read once more; the next look for drift may show it.");
}
