import type { Blueprint, BlueprintProblem } from "#server/blueprint/blueprint.ts";
import { limits } from "#server/blueprint/limits.ts";
import { parseBlueprint } from "#server/blueprint/parse-blueprint.ts";
import { isInside } from "#server/blueprint/read/source.ts";
import { Problem } from "#server/errors.ts";

export const blueprintNamePattern = /^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$/i;

/** Refuses a folder that is too large or holds paths that could leave it. */
export function checkFolder(files: Readonly<Record<string, string>>): void {
  const paths = Object.keys(files);
  if (paths.length > limits.folderFiles)
    throw new Problem("too_large", `The folder has ${paths.length} files; the limit is ${limits.folderFiles}.`);
  const bytes = Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > limits.folderBytes)
    throw new Problem("too_large", `The folder has ${bytes} bytes; the limit is ${limits.folderBytes}.`);
  const bad = paths.find((path) => !/^[\x20-\x7e]{1,200}$/.test(path) || !isInside(path) || path.includes("//"));
  if (bad !== undefined)
    throw new Problem("bad_input", `\`${bad.slice(0, 80)}\` is not a usable path inside a blueprint's folder.`, {
      remedy: "Use relative paths of plain characters, without `..`.",
    });
}

/** Parses or throws a problem that names the first error and carries all of them. */
export function parseOrThrow(
  name: string,
  files: Record<string, string>,
): { blueprint: Blueprint; warnings: BlueprintProblem[] } {
  const { blueprint, problems } = parseBlueprint(files, { name });
  if (blueprint) return { blueprint, warnings: problems };
  const errors = problems.filter((problem) => problem.severity === "error");
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  throw new Problem("bad_input", `${first?.message ?? "The blueprint cannot be read."}${more}`, {
    place: first && { file: first.file, path: first.path, row: first.row, column: first.column },
    remedy: first?.remedy,
    details: { problems },
  });
}
