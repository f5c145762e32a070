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
    const [tally] = await playTerraformStory(await cloud!(), story);
    expect(tally).toMatchObject({ passed: true, found: expect.stringMatching(/ended/) });
    // Terraform outlives its worker for a moment: whether it still wrote its state down is a race.
    const [inState = 0, named = 0] = (tally?.found.match(/\d+/g) ?? []).map(Number);
    expect(inState + named).toBeGreaterThan(0);
  });
});
