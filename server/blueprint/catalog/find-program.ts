import fs from "node:fs";
import path from "node:path";
import { config } from "#server/config.ts";

/** Path of a program the local agent would run, or null where the host has none. */
export function findProgram(name: string): string | null {
  const { TERRAFORM_BIN } = config();
  // OpenTofu runs what asks for Terraform.
  return findFirst(name !== "terraform" ? [name] : TERRAFORM_BIN ? [TERRAFORM_BIN] : ["terraform", "tofu"]);
}

/** The first of these that may be run here: a path as it is, a bare name wherever the PATH has it. */
export function findFirst(names: readonly string[]): string | null {
  const folders = config().shellPath.split(path.delimiter).filter(Boolean);
  const places = (name: string) =>
    name.includes(path.sep) ? [name] : folders.map((folder) => path.join(folder, name));
  return names.flatMap(places).find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
