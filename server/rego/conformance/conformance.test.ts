import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readSuites } from "./case.ts";
import { runCase } from "./run-case.ts";

const suites = join(process.cwd(), "..", "shared", "rego-conformance");
const passing = readFileSync(new URL("./passing.txt", import.meta.url), "utf8")
  .split("\n")
  .filter(Boolean);

describe.skipIf(!existsSync(suites))("conformance with OPA, regorus and rego-cpp", () => {
  test("every case that passed before passes still", () => {
    const before = new Set(passing);
    const broken: string[] = [];
    for (const [suite, cases] of readSuites(suites)) {
      for (const one of cases) {
        if (!before.has(one.id)) continue;
        const { status, reason } = runCase(suite, one);
        if (status !== "passed") broken.push(`${one.id}: ${reason}`);
      }
    }
    expect(broken).toEqual([]);
  }, 300_000);
});
