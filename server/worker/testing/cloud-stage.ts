import path from "node:path";
import { afterAll, beforeAll, vi } from "vitest";
import { config } from "#server/config.ts";
import { type AwsEmulator, startAwsEmulator, writeCliConfig } from "#server/grain/testing/aws-emulator.ts";
import { watchEmulator } from "./emulated-things.ts";
import type { KillStage } from "./kill-stage.ts";
import type { Cloud } from "./terraform-story.ts";

/** Puts an AWS API emulator on the stage, empty for each story: call at the top of a test file, after the stage itself. */
export function openCloud(stage: KillStage): () => Promise<Cloud> {
  let emulator: AwsEmulator | undefined;
  beforeAll(async () => {
    // What the workers seal is opened here, and the other way round: with the key in their folder.
    vi.spyOn(config(), "dataDir", "get").mockReturnValue(path.join(stage.folder, "data"));
    emulator = await startAwsEmulator();
  }, 120_000);
  afterAll(() => emulator?.close());
  return async () => {
    if (!emulator) throw new Error("The emulator is there inside tests only.");
    await emulator.reset();
    const cloud = { stage, emulator, cliConfig: writeCliConfig(stage.folder) };
    return { ...cloud, ...(await watchEmulator(emulator)) };
  };
}
