import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readSuites } from "./case.ts";
import { runCase } from "./run-case.ts";

const folder = fileURLToPath(new URL("./cases", import.meta.url));

for (const [suite, cases] of readSuites(folder)) {
  describe(`the language, ${suite} cases`, () => {
    test.each(cases.map((one) => [`${one.id}: ${one.text("note")}`, one] as const))("%s", (_, one) => {
      expect(runCase(suite, one)).toEqual({ status: "passed" });
    });
  });
}
