import path from "node:path";
import { config } from "#server/config.ts";
import type { GrainStep } from "#server/grain/driver.ts";
import { secretFolder } from "#server/grain/secret-folder.ts";
import { filesFolder } from "#server/grain/work-folder.ts";

export const outputsFile = (step: GrainStep) => path.join(secretFolder(step), "outputs");
export const sensitiveOutputsFile = (step: GrainStep) => path.join(secretFolder(step), "sensitive-outputs");

// GANTRY_VALUE_<n> carries what a template in a command stood for.
const reserved =
  /^(GANTRY_(?!VALUE_)|LD_|DYLD_|PATH$|HOME$|LANG$|TMPDIR$|BASH_ENV$|ENV$|SHELLOPTS$|BASHOPTS$|IFS$|PS4$)/;

/** `instance type` becomes `INPUT_INSTANCE_TYPE`. */
export function inputVariable(name: string): string {
  return `INPUT_${name.toUpperCase().replace(/[^A-Z0-9]/g, "_")}`;
}

/**
 * The whole environment of a command. Values travel only here, never inside the text of a command, so that no input can
 * become code.
 */
export function shellEnvironment(step: GrainStep): Record<string, string> {
  const { environment } = step;
  const inputs = { ...step.environmentInputs, ...step.inputs };
  const own = Object.entries(step.grain.spec.envVars).filter(([name]) => !reserved.test(name));
  const files = filesFolder(step);
  const variables: Record<string, string> = {
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [inputVariable(name), value])),
    ...Object.fromEntries(own),
    ...step.credentials,
    PATH: config().shellPath,
    LANG: "C.UTF-8",
    HOME: files,
    TMPDIR: path.join(files, "tmp"),
    GANTRY_ENVIRONMENT_ID: environment.id,
    GANTRY_ENVIRONMENT_REF: environment.ref,
    GANTRY_ENVIRONMENT_NAME: environment.name,
    GANTRY_SPACE: environment.spaceSlug,
    GANTRY_OWNER: environment.ownerEmail,
    GANTRY_ENDS_AT: environment.endsAt?.toISOString() ?? "",
    GANTRY_GRAIN: step.grain.name,
    GANTRY_ATTEMPT: String(step.attempt),
    GANTRY_STATE_DIR: step.stateDir,
    GANTRY_OUTPUTS: outputsFile(step),
    GANTRY_SENSITIVE_OUTPUTS: sensitiveOutputsFile(step),
    GANTRY_NODE: process.execPath,
    GANTRY_HOME: config().homeDir,
  };
  // A process environment can't carry NUL; a value with one would otherwise stop the start of every command.
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value.replaceAll("\0", "")]));
}
