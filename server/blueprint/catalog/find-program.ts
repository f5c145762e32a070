import fs from "node:fs";
import path from "node:path";
import { config } from "#server/config.ts";

/** Path of a program the local agent would run, or null where the host has none. */
export function findProgram(name: string): string | null {
  const { TERRAFORM_BIN, shellPath } = config();
  if (name === "terraform" && TERRAFORM_BIN) return isProgram(TERRAFORM_BIN) ? TERRAFORM_BIN : null;
  const folders = shellPath.split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, name)).find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
