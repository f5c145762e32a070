import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { blueprintRevisions } from "#db/schema/blueprint.ts";
import { environments, resources, simulatedResources } from "#db/schema/environment.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { checkInputs } from "#server/blueprint/check-inputs.ts";
import { parseBlueprint } from "#server/blueprint/parse-blueprint.ts";
import { readFolder } from "#server/blueprint/revision/read-folder.ts";
import { config } from "#server/config.ts";
import { findTerraform } from "#server/grain/terraform/find-terraform.ts";
import { unseal } from "#server/secret/seal.ts";
import { environmentPlace } from "./run-subject.ts";
import { performRehearsal, rehearsalContext, rehearse } from "./testing/rehearsal.ts";

const database = openTestDatabase();
const ctx = () => rehearsalContext(database.db);
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-bundled-"));
afterAll(() => fs.rmSync(dataDir, { recursive: true }));
beforeEach(() => {
  vi.spyOn(config(), "dataDir", "get").mockReturnValue(dataDir);
  vi.spyOn(config(), "GANTRY_SIMULATOR_SPEED", "get").mockReturnValue(0);
});
afterEach(() => vi.restoreAllMocks());

const root = path.resolve(import.meta.dirname, "../../blueprints");
const names = fs.readdirSync(root).filter((name) => fs.existsSync(path.join(root, name, "blueprint.yaml")));
const hasTerraform = (await findTerraform("terraform")) !== null;

test.each(names)("%s launches with its defaults, gives all its outputs, and ends with nothing left", async (name) => {
  const { blueprint } = parseBlueprint(readFolder(path.join(root, name)));
  if (!blueprint) throw new Error(`${name} does not parse.`);
  if (blueprint.requires.includes("terraform") && !hasTerraform)
    return console.warn(`${name} is skipped: no terraform here.`);
  const { values } = checkInputs(blueprint, {});
  const rehearsed = await rehearse(ctx(), { blueprint, agent: blueprint.agent, inputs: values });
  const [environment] = await database.db
    .select()
    .from(environments)
    .where(eq(environments.id, rehearsed.environmentId));
  await database.db
    .update(blueprintRevisions)
    .set({ files: readFolder(path.join(root, name)) })
    .where(eq(blueprintRevisions.id, environment!.revisionId));

  const launch = await performRehearsal(ctx(), rehearsed, "launch");
  expect(launch).toMatchObject({ state: "succeeded", error: null });
  const place = environmentPlace(environment!, "sealed_outputs");
  const secrets: Record<string, string> = launch.sealedOutputs ? JSON.parse(unseal(launch.sealedOutputs, place)) : {};
  for (const output of launch.outputs)
    expect(output.sensitive ? secrets[output.name] : output.value, output.name).not.toBe("");
  const made = await database.db.select().from(resources).where(eq(resources.environmentId, rehearsed.environmentId));
  expect(made.length).toBeGreaterThan(0);
  expect(made.every(({ state }) => state === "created")).toBe(true);
  expect(await performRehearsal(ctx(), rehearsed, "drift")).toMatchObject({ drift: { findings: [] } });

  expect(await performRehearsal(ctx(), rehearsed, "terminate")).toMatchObject({
    state: "succeeded",
    leftovers: [],
    unverified: [],
  });
  expect(
    await database.db.$count(simulatedResources, eq(simulatedResources.environmentId, rehearsed.environmentId)),
  ).toBe(0);
});
