import fs from "node:fs";
import { config } from "#server/config.ts";

/** The settings of the command line that Terraform is started with, and what is wrong where the named file can't be read. */
export type CliConfig = { file: string | null; problem: string | null };

/** Terraform would go on without the file and then miss what it was to say: where providers come from. */
export function findCliConfig(): CliConfig {
  const { TF_CLI_CONFIG_FILE: file } = config();
  if (!file) return { file: null, problem: null };
  try {
    fs.accessSync(file, fs.constants.R_OK);
    return { file, problem: null };
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const what = isMissing ? "which is not there" : "which the worker may not read";
    return { file: null, problem: `TF_CLI_CONFIG_FILE names ${file}, ${what}, so Terraform runs without it.` };
  }
}
