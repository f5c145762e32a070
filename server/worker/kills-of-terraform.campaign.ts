import { afterAll, describe, expect, test } from "vitest";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { missingForEmulator } from "#server/grain/testing/aws-emulator.ts";
import { cloudOfManyServices } from "./testing/cloud-blueprint.ts";
import { openCloud } from "./testing/cloud-stage.ts";
import { openKillStage } from "./testing/kill-stage.ts";
import { type Cut, cuts, playTerraformStory, type Tally, type TerraformStory } from "./testing/terraform-story.ts";

const { worker, terraform, machine } = cuts;

/**
 * Each is one environment, and whom the kills take along: the worker alone, its Terraform too, or the machine with its disk.
 * Each kill meets the heir of the one before; after five a job is given up.
 */
const stories: TerraformStory[] = [
  {
    launch: [
      ...worker("terraform.before-init"),
      ...terraform("terraform.after-plan"),
      ...machine("step.after-plan", "resource.after-intend#5"),
    ],
    end: [
      ...machine("terraform.before-init"),
      ...worker("step.before-destroy"),
      ...terraform("terraform.before-destroy", "terraform.before-lock"),
    ],
  },
  {
    launch: [
      ...machine("terraform.before-apply"),
      ...worker("terraform.before-lock#2"),
      ...terraform("terraform.after-lock#2", "terraform.during-apply"),
    ],
    end: [...worker("terraform.after-lock"), ...terraform("terraform.during-apply", "terraform.before-state-write")],
  },
  {
    launch: [
      ...machine("terraform.during-apply#6"),
      ...terraform("terraform.after-resource"),
      ...worker("terraform.before-state-write"),
    ],
    end: [...machine("terraform.during-apply#8"), ...terraform("terraform.after-state-write")],
  },
  {
    launch: [
      ...terraform("terraform.during-apply#10"),
      ...machine("terraform.before-state-write"),
      ...terraform("terraform.after-state-write"),
    ],
    end: machine("terraform.after-resource#4", "terraform.before-unlock"),
  },
  {
    launch: terraform("terraform.after-resource#4", "terraform.before-unlock#2"),
    end: [...worker("terraform.after-resource#9"), ...terraform("terraform.after-unlock")],
  },
  {
    launch: [
      ...machine("terraform.after-resource#9", "terraform.after-unlock#2"),
      ...terraform("terraform.after-apply"),
    ],
    end: [
      ...terraform("terraform.after-resource#12"),
      ...machine("terraform.after-destroy"),
      ...terraform("step.after-destroy"),
    ],
  },
  {
    launch: worker("terraform.during-apply#3", "step.before-success"),
    end: [...worker("terraform.before-state-write"), ...terraform("step.after-verify")],
  },
  // Nobody goes on with the launch: it is ended as it lies, and those who take over what was made are killed too.
  {
    launch: machine("terraform.after-resource#5"),
    endsAtOnce: true,
    end: [...terraform("adopt.before-import#2"), ...machine("adopt.after-import#2")],
  },
  { launch: terraform("terraform.during-apply#11"), end: [], endsAtOnce: true },
  // A slow create is under way while the state is written for the first time.
  { launch: machine("terraform.after-state-write"), end: [], module: cloudOfManyServices(1) },
];

const missing = missingForEmulator();
if (missing) console.warn(`Skipped: ${missing}.`);
const stage = openKillStage(openTestDatabase());
const cloud = missing ? undefined : openCloud(stage);
const rows: Tally[] = [];
let ended = 0;

function nameOf({ launch, end, endsAtOnce, module }: TerraformStory): string {
  const list = (cuts: readonly Cut[]) => cuts.map(({ at }) => at).join(", ") || "nothing";
  return `launch${module ? " with a slow queue" : ""} killed at ${list(launch)}; end${endsAtOnce ? " at once" : ""} killed at ${list(end)}`;
}

const line = ({ verb, at, dead, seconds, found }: Tally) =>
  `${verb.padEnd(7)}${at.padEnd(34)}${dead.padEnd(11)}${String(seconds).padStart(4)} s  ${found}`;

afterAll(() => {
  const kills = rows.filter(({ passed }) => passed);
  const points = new Set(kills.map(({ verb, at }) => `${verb} ${at}`)).size;
  const environments = `${ended} of ${stories.length} environments ended with nothing left`;
  console.log(["", ...rows.map(line), `${kills.length} kills at ${points} points; ${environments}.`].join("\n"));
});

describe.skipIf(missing)("Terraform on a cloud, its worker killed with kill -9", { timeout: 3_600_000 }, () => {
  test.each(stories.map((story) => [nameOf(story), story] as const))("%s", async (_, story) => {
    const tallies = await playTerraformStory(await cloud!(), story);
    rows.push(...tallies);
    ended++;
    console.log(tallies.map(line).join("\n"));
    expect(
      tallies.filter(({ passed }) => !passed).map(({ at }) => at),
      "every point is passed",
    ).toEqual([]);
  });
});
