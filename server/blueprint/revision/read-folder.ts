import fs from "node:fs";
import path from "node:path";
import { limits } from "#server/blueprint/limits.ts";
import { decodeText } from "#server/blueprint/text-safety.ts";
import { Problem } from "#server/errors.ts";

const skipped = new Set([".terraform", "node_modules", ".git", ".DS_Store"]);

/** Reads a blueprint's folder: path inside it to text. Links are not followed. */
export function readFolder(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  const visit = (inside: string) => {
    for (const entry of fs.readdirSync(path.join(folder, inside), { withFileTypes: true })) {
      const name = inside ? `${inside}/${entry.name}` : entry.name;
      if (skipped.has(entry.name)) continue;
      if (entry.isDirectory()) visit(name);
      else if (entry.isFile()) files[name] = readText(folder, name);
      if (Object.keys(files).length > limits.folderFiles)
        throw new Problem("too_large", `${folder} has more files than the limit of ${limits.folderFiles}.`);
    }
  };
  visit("");
  return files;
}

function readText(folder: string, name: string): string {
  const decoded = decodeText(fs.readFileSync(path.join(folder, name)));
  if ("text" in decoded) return decoded.text;
  const { message, remedy } = decoded.finding;
  throw new Problem("bad_input", `${name}: ${message}`, { place: { file: name }, remedy });
}

/** Names of the folders that hold a blueprint. */
export function listFolders(dir: string): string[] {
  if (!fs.existsSync(dir)) return [];
  return fs
    .readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && fs.existsSync(path.join(dir, entry.name, "blueprint.yaml")))
    .map((entry) => entry.name)
    .sort();
}
