import { describe, expect, test } from "vitest";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { missingForEmulator } from "#server/grain/testing/aws-emulator.ts";
import { quickCloud } from "./testing/cloud-blueprint.ts";
import { openCloud } from "./testing/cloud-stage.ts";
import { openKillStage } from "./testing/kill-stage.ts";
import { cuts, playTerraformStory } from "./testing/terraform-story.ts";

// One of the points that `npm run rehearse:terraform-kills` walks, on a cloud of two quick services; others, without a cloud, are in
// planted-secrets.test.ts.
const missing = missingForEmulator();
if (missing) console.warn(`Skipped: ${missing}.`);
const stage = openKillStage(openTestDatabase());
const cloud = missing ? undefined : openCloud(stage);

describe.skipIf(missing)("Terraform on a cloud, killed with kill -9", { timeout: 900_000 }, () => {
  test("in the midst of an apply: what it made is named, and gone after the end", async () => {
    const launch = cuts.terraform("terraform.after-resource");
    const story = { launch, end: [], endsAtOnce: true, module: quickCloud };
    const tallies = await playTerraformStory(await cloud!(), story);
    expect(tallies).toMatchObject([
      { passed: true, found: expect.stringMatching(/^0 in the state, [12] named; ended/) },
    ]);
  });
});
