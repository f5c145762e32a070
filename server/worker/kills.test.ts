import { describe, expect, test } from "vitest";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { openKillStage } from "./testing/kill-stage.ts";
import { playWorkerStory } from "./testing/worker-stories.ts";

// Two of the points that `npm run rehearse:kills` walks all of.
const some = [
  { story: "web-preview", point: "shell.after-spawn" },
  { story: "aws-workstation", point: "simulator.after-create" },
] as const;
const stage = openKillStage(openTestDatabase());

describe("a worker killed with kill -9", { timeout: 120_000 }, () => {
  test.each(some)("$point: $story is launched once, watched, and ended without a trace", async (cut) => {
    await playWorkerStory[cut.story](stage, cut);
    expect(stage.kills.length).toBeGreaterThan(0);
  });
});
