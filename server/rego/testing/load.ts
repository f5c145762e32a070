import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, extname, join, relative, sep } from "node:path";
import { parseAllDocuments } from "yaml";
import { nowhere, RegoErrors, regoError } from "#server/rego/errors.ts";
import type { Source } from "#server/rego/parser/source.ts";

export interface Loaded {
  sources: Source[];
  data: Record<string, unknown>;
}

/** Reads a bundle as `opa` does: every Rego file, and data files at the place their folder has below the path given. */
export function loadBundle(paths: readonly string[]): Loaded {
  const loaded: Loaded = { sources: [], data: {} };
  for (const path of paths) {
    const isFolder = statSync(path).isDirectory();
    for (const file of isFolder ? filesBelow(path) : [path]) {
      const extension = extname(file);
      const text = readFileSync(file, "utf8");
      if (extension === ".rego") loaded.sources.push({ file, source: text });
      else if ([".json", ".yaml", ".yml"].includes(extension)) {
        const folder = isFolder ? relative(path, dirname(file)) : "";
        const place = folder === "" ? [] : folder.split(sep);
        mergeAt(loaded.data, place, { file, content: parseData(file, text) });
      }
    }
  }
  return loaded;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function refuse(file: string, message: string): never {
  throw new RegoErrors([regoError("rego_parse_error", { ...nowhere, file }, message)]);
}

function parseData(file: string, text: string): unknown {
  try {
    if (extname(file) === ".json") return JSON.parse(text);
    const [document] = parseAllDocuments(text);
    return document === undefined || !("toJS" in document) ? undefined : document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return refuse(file, error instanceof Error ? error.message : String(error));
  }
}

interface Read {
  file: string;
  content: unknown;
}

function mergeAt(data: Record<string, unknown>, place: readonly string[], read: Read): void {
  let at = data;
  for (const name of place) {
    const below = at[name] ?? {};
    if (!isObject(below)) refuse(read.file, "merge error: another file puts a plain value here");
    at[name] = below;
    at = below;
  }
  if (isObject(read.content)) merge(at, read.content, read.file);
  else if (read.content !== undefined) refuse(read.file, "the top of a data file must be an object");
}

function merge(into: Record<string, unknown>, from: Record<string, unknown>, file: string): void {
  for (const [name, value] of Object.entries(from)) {
    const before = into[name];
    if (before === undefined) into[name] = value;
    else if (isObject(before) && isObject(value)) merge(before, value, file);
    else refuse(file, `merge error: ${name} is defined twice`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
