import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { grainOf, scriptedStep } from "#server/grain/testing/scripted-step.ts";
import { findTerraform } from "./find-terraform.ts";
import { runTerraform } from "./run-terraform.ts";
import { folderOf, prepareTerraform } from "./terraform-folder.ts";

const cli = await findTerraform("terraform");

describe.skipIf(!cli)("a data folder with a long path", () => {
  const told = 'output "temp" { value = "x" }';

  test.each([
    ["short", "state", true],
    ["long", "a-grain-with-a-name-that-is-as-long-as-people-like-them-to-be", false],
  ])(
    "%s: providers get a temporary folder whose sockets' paths are short, and it is gone afterwards",
    async (_, name, isOwn) => {
      const step = scriptedStep(grainOf("terraform", {}), { files: { "main.tf": told } });
      const placed = { ...step, workDir: path.join(step.workDir, name) };
      await prepareTerraform(placed);
      // Stands in for the program: tells the folder it was given.
      const program = path.join(step.workDir, "told");
      fs.writeFileSync(program, '#!/bin/sh\nprintf "%s" "$TMPDIR"\n', { mode: 0o700 });
      const { stdout } = await runTerraform(placed, ["version"], {
        cli: { path: program, version: "1.11.4" },
        folder: folderOf(placed),
      });
      expect(Buffer.byteLength(path.join(stdout, "plugin1234567890"))).toBeLessThanOrEqual(104);
      expect(fs.existsSync(stdout)).toBe(isOwn);
    },
  );
});
