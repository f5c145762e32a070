import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { GoldenCase } from "./golden.ts";
import { noUsage, parseUsage, type UsageFile } from "./usage.ts";

/** A golden case as its folder holds it. */
export interface GoldenFolder {
  name: string;
  /** The configuration: one file, as the cases have it. */
  main: string;
  usage: UsageFile;
  golden: GoldenCase;
}

function readGoldenCase(folder: string, name: string): GoldenFolder {
  const read = (file: string) => readFileSync(join(folder, name, file), "utf8");
  return {
    name,
    main: read("main.tf"),
    usage: existsSync(join(folder, name, "usage.yml")) ? parseUsage(read("usage.yml")) : noUsage,
    golden: JSON.parse(read("expected.json")) as GoldenCase,
  };
}

/** The cases of a folder by name; `only` chooses some. A folder that is not there has none. */
export function readGoldenCases(folder: string, only: readonly string[] = []): GoldenFolder[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, "expected.json")))
    .filter((name) => only.length === 0 || only.includes(name))
    .sort()
    .map((name) => readGoldenCase(folder, name));
}
