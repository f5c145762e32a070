import path from "node:path";
import { afterAll, beforeAll, vi } from "vitest";
import { config } from "#server/config.ts";
import { type AwsEmulator, startAwsEmulator, writeCliConfig } from "#server/grain/testing/aws-emulator.ts";
import { type Thing, watchEmulator } from "./emulated-things.ts";
import type { KillStage } from "./kill-stage.ts";
import type { Cloud } from "./terraform-story.ts";

/** Puts an AWS API emulator on the stage: call at the top of a test file, after the stage itself. */
export function openCloud(stage: KillStage): () => Cloud {
  let emulator: AwsEmulator | undefined;
  let listThings: (() => Promise<Thing[]>) | undefined;
  beforeAll(async () => {
    // What the workers seal is opened here, and the other way round: with the key in their folder.
    vi.spyOn(config(), "dataDir", "get").mockReturnValue(path.join(stage.folder, "data"));
    emulator = await startAwsEmulator();
    listThings = await watchEmulator(emulator);
  }, 120_000);
  afterAll(() => emulator?.close());
  return () => {
    if (!emulator || !listThings) throw new Error("The emulator is there inside tests only.");
    return { stage, emulator, listThings, cliConfig: writeCliConfig(stage.folder) };
  };
}
