import { describe, expect, test } from "vitest";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { playWebStory } from "./testing/play-web-story.ts";
import { pointsOf } from "./testing/rehearsed-in.ts";
import { openWebStage } from "./testing/web-stage.ts";
import { webStories } from "./testing/web-stories.ts";
import { playWorkerStory } from "./testing/worker-stories.ts";

// A few of the points that `npm run rehearse:kills` walks all of; the web process is played by its tRPC door, without a build.
const stage = openWebStage(openTestDatabase(), "door");

describe("killed with kill -9", { timeout: 240_000 }, () => {
  test("a worker launches a web preview once, watches it, and ends it without a trace", async () => {
    await playWorkerStory["web-preview"](stage, { story: "web-preview", point: "shell.after-spawn" });
    expect(stage.kills.length).toBeGreaterThan(0);
  });

  test.each(["environment.launch-before-commit", "environment.launch-after-commit"] as const)(
    "a web process at %s launches once, whole or not at all",
    (point) => playWebStory(stage, "launch", { story: webStories["a launch that waits for people"], point }),
  );
});

test("every crash point of the web process lies in a story", () => {
  const told: Set<string> = new Set(Object.values(webStories).flatMap(({ points }) => points));
  expect(pointsOf("web").filter((point) => !told.has(point))).toEqual([]);
});
