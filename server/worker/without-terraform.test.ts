import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { environments } from "#db/schema/environment.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { listCatalog } from "#server/blueprint/catalog/list-catalog.ts";
import { launchEnvironment } from "#server/environment/launch-environment.ts";
import { terminateEnvironment } from "#server/environment/terminate-environment.ts";
import { openPortal } from "#server/environment/testing/portal.ts";
import { configure } from "#server/grain/testing/configure.ts";
import { workOff } from "./testing/work-off.ts";

const database = openTestDatabase();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-bare-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  // The tools every host has, and no Terraform.
  const bin = path.join(folder, "bin");
  fs.mkdirSync(bin, { recursive: true });
  for (const tool of ["sh", "bash", "cat", "env"])
    for (const place of ["/bin", "/usr/bin"])
      if (fs.existsSync(path.join(place, tool)) && !fs.existsSync(path.join(bin, tool)))
        fs.symlinkSync(path.join(place, tool), path.join(bin, tool));
  const dataDir = path.join(folder, "data");
  configure({ dataDir, GANTRY_SIMULATOR_SPEED: 0, TERRAFORM_BIN: undefined, shellPath: bin });
});

const module = 'variable "label" { type = string }\nresource "terraform_data" "it" { input = var.label }\n';
const folderFor = (agent: "local" | "simulator") => ({
  "blueprint.yaml": `spec_version: 2
description: Keeps one thing.
metadata:
  gantry:
    title: Thing
    agent: ${agent}
    requires: [terraform]
    costs: [{ name: Flat rate, amount: "0", currency: USD, per: hour }]
inputs:
  label: { type: string, default: one }
grains:
  thing:
    kind: terraform
    spec: { source: { path: terraform }, inputs: [{ label: "{{ .inputs.label }}" }] }
`,
  "terraform/main.tf": module,
});

async function launched(agent: "local" | "simulator") {
  const portal = await openPortal(database.db, { maya: ["member"] }, folderFor(agent));
  const maya = await portal.as("maya");
  const launch = await launchEnvironment(maya, { ...portal.launchOf(), inputs: {} });
  const find = async () =>
    (await database.db.select().from(environments).where(eq(environments.id, launch.environmentId)))[0];
  return { portal, maya, launch, find };
}

describe("on a host without Terraform", { timeout: 120_000 }, () => {
  test("a terraform grain is planned, priced and judged, and the run says what to install", async () => {
    const { portal, maya, launch, find } = await launched("local");
    expect(launch).toMatchObject({ word: "Approved", state: "queued" });
    expect(Object.keys((await find())?.plan ?? {})).toEqual(["thing"]);
    await workOff(portal.system);
    expect(await find()).toMatchObject({
      state: "launch_failed",
      stateReason: expect.stringMatching(/no program for terraform grains.*Install Terraform.*or later.*TERRAFORM_BIN/),
    });
    // Nothing was made, so nothing keeps it from ending.
    await terminateEnvironment(maya, { environmentId: launch.environmentId, reason: "" });
    await workOff(portal.system);
    expect(await find()).toMatchObject({ state: "ended", leftovers: [] });
  });

  test("its card says what is missing, before anybody launches", async () => {
    const { portal, maya } = await launched("local");
    const { items } = await listCatalog(maya, { spaceId: portal.spaceId });
    const card = items.find(({ blueprintName }) => blueprintName === portal.idOf("blueprint"));
    expect(card?.missingPrograms).toEqual(["terraform"]);
  });

  test("the simulator runs the same module", async () => {
    const { portal, maya, find } = await launched("simulator");
    await workOff(portal.system);
    expect(await find()).toMatchObject({ state: "active" });
    const { items } = await listCatalog(maya, { spaceId: portal.spaceId });
    const card = items.find(({ blueprintName }) => blueprintName === portal.idOf("blueprint"));
    expect(card?.missingPrograms).toEqual([]);
  });
});
