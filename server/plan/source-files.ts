import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Budget } from "./limits.ts";
import { LimitError } from "./plan-error.ts";

/** The files a plan may read, by path relative to one root that nothing leads out of. */
export type SourceFiles = {
  read(path: string): Uint8Array | undefined;
  /** Paths of all files below a folder, sorted; "" is the root. */
  list(folder: string): readonly string[];
};

const ignoredFolders = new Set([".terraform", ".git", "node_modules"]);

/** Joins path parts and resolves `.` and `..`; undefined where the result leaves the root. */
export function resolvePath(...parts: readonly string[]): string | undefined {
  const segments: string[] = [];
  for (const segment of parts.join("/").split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join("/");
}

export function filesInMemory(files: ReadonlyMap<string, string | Uint8Array>, budget: Budget): SourceFiles {
  const encoder = new TextEncoder();
  const contents = new Map<string, Uint8Array>();
  for (const [path, content] of files) {
    const resolved = resolvePath(path);
    if (resolved !== undefined) contents.set(resolved, typeof content === "string" ? encoder.encode(content) : content);
  }
  const paths = [...contents.keys()].sort();
  checkCount(paths.length, budget);
  const meter = readMeter(budget);
  return {
    read: (path) => meter(path, contents.get(path)),
    list: (folder) => paths.filter((path) => folder === "" || path.startsWith(`${folder}/`)),
  };
}

/** Reads from disk. Symbolic links are followed only while they stay below the root. */
export function filesOnDisk(root: string, budget: Budget): SourceFiles {
  const realRoot = realpathSync(root);
  const paths: string[] = [];
  collect(realRoot, "", { paths, budget });
  paths.sort();
  const known = new Set(paths);
  const meter = readMeter(budget);
  return {
    read: (path) => meter(path, known.has(path) ? readFileSync(join(realRoot, path)) : undefined),
    list: (folder) => paths.filter((path) => folder === "" || path.startsWith(`${folder}/`)),
  };
}

function collect(root: string, folder: string, found: { paths: string[]; budget: Budget }): void {
  for (const name of readdirSync(join(root, folder))) {
    const path = folder === "" ? name : `${folder}/${name}`;
    const entry = lstatSync(join(root, path));
    if (entry.isDirectory() && !ignoredFolders.has(name)) collect(root, path, found);
    else if (entry.isFile() || (entry.isSymbolicLink() && isFileWithin(root, path))) found.paths.push(path);
    checkCount(found.paths.length, found.budget);
  }
}

function isFileWithin(root: string, path: string): boolean {
  if (!existsSync(join(root, path))) return false;
  const target = realpathSync(join(root, path));
  const inside = relative(root, target);
  return !inside.startsWith("..") && !inside.startsWith(sep) && lstatSync(target).isFile();
}

function checkCount(count: number, budget: Budget): void {
  if (count > budget.limits.maxFiles)
    throw new LimitError(
      `The source has more than ${budget.limits.maxFiles} files.`,
      undefined,
      "Point the grain at a smaller folder.",
    );
}

function readMeter(budget: Budget) {
  let total = 0;
  const counted = new Set<string>();
  return (path: string, content: Uint8Array | undefined): Uint8Array | undefined => {
    if (!content || counted.has(path)) return content;
    counted.add(path);
    total += content.byteLength;
    const at = { file: path, line: 1, column: 1 };
    if (content.byteLength > budget.limits.maxFileBytes)
      throw new LimitError(`The file has ${content.byteLength} bytes, more than ${budget.limits.maxFileBytes}.`, at);
    if (total > budget.limits.maxTotalBytes)
      throw new LimitError(`The files read have more than ${budget.limits.maxTotalBytes} bytes together.`, at);
    return content;
  };
}
