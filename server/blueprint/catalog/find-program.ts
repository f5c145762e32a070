import fs from "node:fs";
import path from "node:path";
import { config } from "#server/config.ts";

/** Path of a program the local agent would run, or null where the host has none. */
export function findProgram(name: string): string | null {
  const { TERRAFORM_BIN, shellPath } = config();
  const folders = shellPath.split(path.delimiter).filter(Boolean);
  const places = (wanted: string) =>
    wanted.includes(path.sep) ? [wanted] : folders.map((folder) => path.join(folder, wanted));
  // OpenTofu runs what asks for Terraform.
  const names = name !== "terraform" ? [name] : TERRAFORM_BIN ? [TERRAFORM_BIN] : ["terraform", "tofu"];
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
