import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { configure } from "#server/grain/testing/configure.ts";
import { grainOf, scriptedStep } from "#server/grain/testing/scripted-step.ts";
import { removeFolders } from "#server/grain/work-folder.ts";
import { findTerraform } from "./find-terraform.ts";
import { runTerraform } from "./run-terraform.ts";
import { folderOf, prepareTerraform } from "./terraform-folder.ts";

const cli = await findTerraform("terraform");
const long = "a-grain-with-a-name-that-is-as-long-as-people-like-them-to-be";

describe.skipIf(!cli)("providers get a temporary folder whose sockets' paths are short", () => {
  test.each([
    ["in memory", long, undefined],
    ["on the disk, under a short path", "web", "off"],
    ["on the disk, under a long path", long, "off"],
  ])("%s; nothing of it is left when the grain is gone", async (_, name, memory) => {
    configure({ GANTRY_MEMORY_DIR: memory });
    const step = scriptedStep(grainOf("terraform", {}), { files: { "main.tf": 'output "temp" { value = "x" }' } });
    const placed = { ...step, workDir: path.join(step.workDir, name) };
    await prepareTerraform(placed);
    // Stands in for the program: tells the folder it was given.
    const program = path.join(step.workDir, "told");
    fs.writeFileSync(program, '#!/bin/sh\nprintf "%s" "$TMPDIR"\n', { mode: 0o700 });
    const tools = { cli: { path: program, version: "1.11.4" }, folder: folderOf(placed) };
    const { stdout } = await runTerraform(placed, ["version"], tools);
    expect(Buffer.byteLength(path.join(stdout, "plugin1234567890"))).toBeLessThanOrEqual(104);
    expect(fs.statSync(stdout).mode & 0o077).toBe(0);
    removeFolders(placed);
    expect(fs.existsSync(stdout)).toBe(false);
  });
});
