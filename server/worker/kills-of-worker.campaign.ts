import { describe, expect, test } from "vitest";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { findTerraform } from "#server/grain/terraform/find-terraform.ts";
import { openKillStage } from "./testing/kill-stage.ts";
import { pointsOf, workerStories } from "./testing/rehearsed-in.ts";
import { playWorkerStory } from "./testing/worker-stories.ts";

const stage = openKillStage(openTestDatabase());
const hasTerraform = (await findTerraform("terraform")) !== null;
const stories = workerStories.filter((story) => hasTerraform || story !== "terraform-sandbox");

describe("a worker killed at any point loses nothing, doubles nothing and leaves nothing", { timeout: 300_000 }, () => {
  for (const story of stories)
    test.each(pointsOf(story))(`${story}: %s`, async (point) => {
      await playWorkerStory[story](stage, { story, point });
      const passed = stage.kills.some((kill) => kill.story === story && kill.point === point);
      expect(passed, "the point was really passed").toBe(true);
    });
});
