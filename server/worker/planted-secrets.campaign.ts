import fs from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { config } from "#server/config.ts";
import type { CrashPoint } from "#server/crashpoint.ts";
import { findTerraform } from "#server/grain/terraform/find-terraform.ts";
import { missingForEmulator, startAwsEmulator, writeCliConfig } from "#server/grain/testing/aws-emulator.ts";
import { openKillStage, root } from "./testing/kill-stage.ts";
import { cloudVaultFiles, failingVaultFiles } from "./testing/planted-secrets.ts";
import { browse } from "./testing/secret-pages.ts";
import { type Sink, tell } from "./testing/secret-sinks.ts";
import { failWithSecrets, liveWithSecrets, openVault, type Vault } from "./testing/secret-story.ts";

const database = openTestDatabase();
const stage = openKillStage(database);
beforeEach(() => {
  vi.spyOn(config(), "dataDir", "get").mockReturnValue(path.join(stage.folder, "data"));
});
afterEach(() => vi.restoreAllMocks());

const told = new Map<string, Sink>();
let planted = 0;
afterAll(() => console.log(tell([...told.values()], planted)));

function expectNothing(vault: Vault): void {
  planted = Object.keys(vault.canaries).length;
  for (const sink of vault.sinks()) {
    const before = told.get(sink.name);
    told.set(sink.name, {
      ...sink,
      bytes: sink.bytes + (before?.bytes ?? 0),
      found: [...(before?.found ?? []), ...sink.found],
    });
  }
  expect(vault.sinks().flatMap(({ name, found }) => found.map((text) => `${name}: ${text}`))).toEqual([]);
}

const kills: CrashPoint[] = [
  "terraform.before-init",
  "terraform.after-plan",
  "terraform.during-apply",
  "terraform.before-state-write",
  "terraform.after-apply",
  "step.before-success",
  "shell.after-spawn",
  "step.after-apply",
  "log.before-flush",
  "run.before-finish",
];

const cli = await findTerraform("terraform");
if (!cli) console.warn("Skipped: no terraform or tofu on the PATH; install one to run these tests.");
const missing = missingForEmulator();
if (missing) console.warn(`Skipped: ${missing}.`);
const isBuilt = fs.existsSync(path.join(root, ".next/BUILD_ID"));
if (!isBuilt) console.warn("Skipped: the portal's pages are not built; `npx next build` first.");

describe.skipIf(!cli)("planted secrets", { timeout: 900_000 }, () => {
  test.each(kills)("are nowhere after a worker was killed at %s and its work was taken over", async (point) => {
    const vault = await openVault(stage, database);
    await liveWithSecrets(vault, { kills: [point] });
    expectNothing(vault);
  });

  test("are in no word of a launch that fails over them", async () => {
    const vault = await openVault(stage, database, failingVaultFiles);
    await failWithSecrets(vault);
    expectNothing(vault);
  });

  test.skipIf(missing)("of a cloud's secret store are nowhere", async () => {
    const emulator = await startAwsEmulator();
    try {
      const vault = await openVault(stage, database, cloudVaultFiles(emulator.endpoint));
      await liveWithSecrets(vault, { env: { TF_CLI_CONFIG_FILE: writeCliConfig(stage.folder) } });
      expectNothing(vault);
    } finally {
      await emulator.close();
    }
  });

  test.skipIf(!isBuilt)("are on no page, in no download and in no live stream", async () => {
    const vault = await openVault(stage, database);
    await liveWithSecrets(vault, { meanwhile: (environmentId) => browse(vault, environmentId) });
    expectNothing(vault);
  });
});
