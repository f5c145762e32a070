import { describe, expect, test } from "vitest";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { ensureBuild } from "#server/command/prepare.mjs";
import { playWebStory } from "./testing/play-web-story.ts";
import { pointsOf } from "./testing/rehearsed-in.ts";
import { openWebStage } from "./testing/web-stage.ts";
import { webStories } from "./testing/web-stories.ts";

await ensureBuild();
const stage = openWebStage(openTestDatabase(), "portal");

describe("a web process killed at any point loses nothing, doubles nothing and leaves nothing", {
  timeout: 300_000,
}, () => {
  for (const [name, story] of Object.entries(webStories))
    test.each(story.points)(`${name}: %s`, (point) => playWebStory(stage, name, { story, point }));

  test("every point of the web process lies in a story", () => {
    const told: Set<string> = new Set(Object.values(webStories).flatMap(({ points }) => points));
    expect(pointsOf("web").filter((point) => !told.has(point))).toEqual([]);
  });
});
