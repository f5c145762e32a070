import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { listFolders } from "#server/blueprint/revision/read-folder.ts";
import { findBlueprintFaults, readIconNames } from "./blueprint-findings.ts";

const root = path.resolve(import.meta.dirname, "../..");
const bundled = path.join(root, "blueprints");
const iconNames = readIconNames(root);

test.each(listFolders(bundled))("%s keeps the house rules", async (name) => {
  expect(await findBlueprintFaults(path.join(bundled, name), iconNames)).toEqual([]);
});

test("what is missing from a blueprint is named", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "faulty-"));
  const text = `spec_version: 2
description: A module with a wrong output and no price
metadata: {gantry: {icon: IconNoSuchThing}}
inputs: {size: {type: string, description: Size, default: small}}
outputs: {Host: {value: '{{ .grains.main.outputs.host }}'}}
grains: {main: {kind: terraform, spec: {source: {path: tf}, inputs: [{size: '{{ .inputs.size }}'}], outputs: [host]}}}
`;
  fs.mkdirSync(path.join(folder, "tf"));
  fs.writeFileSync(path.join(folder, "blueprint.yaml"), text);
  fs.writeFileSync(path.join(folder, "tf/main.tf"), 'variable "size" {}\nresource "terraform_data" "a" {}\n');
  const faults = (await findBlueprintFaults(folder, iconNames)).join("\n");
  for (const word of ["README.md", "no owner", "no labels", "no prompts", "IconNoSuchThing", "output host", "no cost"])
    expect(faults).toContain(word);
  fs.writeFileSync(path.join(folder, "tf/main.tf"), 'variable "size" {\n');
  expect((await findBlueprintFaults(folder, iconNames)).join("\n")).toContain("cannot be planned");
  fs.rmSync(folder, { recursive: true });
});
