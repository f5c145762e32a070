import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { config } from "#server/config.ts";
import { findTerraform } from "#server/grain/terraform/find-terraform.ts";
import { openKillStage } from "./testing/kill-stage.ts";
import { tell } from "./testing/secret-sinks.ts";
import { liveWithSecrets, openVault } from "./testing/secret-story.ts";

const database = openTestDatabase();
const stage = openKillStage(database);
beforeEach(() => {
  vi.spyOn(config(), "dataDir", "get").mockReturnValue(path.join(stage.folder, "data"));
});
afterEach(() => vi.restoreAllMocks());

const cli = await findTerraform("terraform");
if (!cli) console.warn("Skipped: no terraform or tofu on the PATH; install one to run these tests.");

describe.skipIf(!cli)("planted secrets", { timeout: 300_000 }, () => {
  test("appear nowhere while an environment is launched, looked at and ended, and on no disk while a worker lies killed", async () => {
    const vault = await openVault(stage, database);
    await liveWithSecrets(vault, { kills: ["terraform.after-plan", "terraform.during-apply", "shell.after-spawn"] });
    const sinks = vault.sinks();
    expect(sinks.flatMap(({ name, found }) => found.map((text) => `${name}: ${text}`))).toEqual([]);
    expect(sinks.length, tell(sinks, Object.keys(vault.canaries).length)).toBeGreaterThan(10);
  });
});
