import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { configure } from "#server/grain/testing/configure.ts";
import { grainOf, scriptedStep } from "#server/grain/testing/scripted-step.ts";
import { findCliConfig } from "./cli-config.ts";
import { terraformDriver } from "./terraform-driver.ts";

const step = () => scriptedStep(grainOf("terraform", {}), { files: { "main.tf": 'output "x" { value = 1 }' } });

/** A Terraform whose init tells which settings it was given, and fails as without a network. */
function failingTerraform(folder: string): string {
  const program = path.join(folder, "terraform");
  const script = `#!/bin/sh
if [ "$1" = version ]; then echo '{"terraform_version":"1.11.4"}'; exit 0; fi
echo "settings=$TF_CLI_CONFIG_FILE."
echo "Error: Failed to query available provider packages" >&2
exit 1
`;
  fs.writeFileSync(program, script, { mode: 0o755 });
  return program;
}

test("without settings there is nothing to say", () => {
  configure({ TF_CLI_CONFIG_FILE: undefined });
  expect(findCliConfig()).toEqual({ file: null, problem: null });
});

test("settings that are there are passed on, and a failed init says what Terraform says", async () => {
  const trial = step();
  const file = path.join(trial.workDir, "settings.tfrc");
  fs.writeFileSync(file, "");
  configure({ TF_CLI_CONFIG_FILE: file, TERRAFORM_BIN: failingTerraform(trial.workDir) });
  await expect(terraformDriver.plan(trial, [])).rejects.toThrow(
    "terraform init: Failed to query available provider packages; the log says why.",
  );
  expect(trial.lines).toContain(`info: settings=${file}.`);
  expect(trial.lines.join("\n")).not.toContain("TF_CLI_CONFIG_FILE");
});

test("settings that are not there are left out; the log and the failure name them", async () => {
  const trial = step();
  const file = path.join(trial.workDir, "nowhere.tfrc");
  configure({ TF_CLI_CONFIG_FILE: file, TERRAFORM_BIN: failingTerraform(trial.workDir) });
  const problem = `TF_CLI_CONFIG_FILE names ${file}, which is not there, so Terraform runs without it.`;
  await expect(terraformDriver.plan(trial, [])).rejects.toThrow(`the log says why. ${problem}`);
  expect(trial.lines).toContain(`warn: ${problem}`);
  expect(trial.lines).toContain("info: settings=.");
});
