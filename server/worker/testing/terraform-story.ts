import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { asc, eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { environments, resources } from "#db/schema/environment.ts";
import { jobs, logLines } from "#db/schema/run.ts";
import type { Context } from "#server/context.ts";
import type { CrashPoint } from "#server/crashpoint.ts";
import { retryEnvironment } from "#server/environment/retry-environment.ts";
import { type AwsEmulator, emulatorCredentials } from "#server/grain/testing/aws-emulator.ts";
import { writeSecret } from "#server/space/secrets.ts";
import { type CloudModule, cloudFiles, cloudOfManyServices } from "./cloud-blueprint.ts";
import type { CloudWatch } from "./emulated-things.ts";
import { expectState } from "./kill-checks.ts";
import { endLeases, type KillStage, work } from "./kill-stage.ts";
import { expectAllNamed, expectOneHistory, expectUnlocked, listOpen, listVersions } from "./terraform-checks.ts";
import { queueEnd, queueLaunch } from "./worker-stories.ts";

/** What a kill takes along: the worker alone, its Terraform too, or the machine with its disk. */
export type Dead = "worker" | "terraform" | "machine";
/** `terraform.during-apply#3`: the third time the point is passed. */
export type At = CrashPoint | `${CrashPoint}#${number}`;
export type Cut = { at: At; dead: Dead };
const cutsBy =
  (dead: Dead) =>
  (...points: At[]): Cut[] =>
    points.map((at) => ({ at, dead }));
export const cuts = { worker: cutsBy("worker"), terraform: cutsBy("terraform"), machine: cutsBy("machine") };
export type TerraformStory = {
  /** Kills of the launch, one after the other: each meets the heir of the one before. */
  launch: readonly Cut[];
  end: readonly Cut[];
  /** The end is asked for before anybody goes on with the killed launch. */
  endsAtOnce?: boolean;
  /** Many services, unless it says otherwise. */
  module?: CloudModule;
};

export type Cloud = CloudWatch & { stage: KillStage; emulator: AwsEmulator; cliConfig: string };
export type Tally = { verb: "launch" | "end"; at: At; dead: Dead; passed: boolean; found: string; seconds: number };

const moduleOf = ({ module = cloudOfManyServices() }: TerraformStory) => module;
/** The policy inside a role is no thing of its own in the emulator's list. */
const isThing = (address: string) => !address.startsWith("aws_iam_role_policy.");

const workRoot = ({ stage }: Cloud) => path.join(stage.folder, "data/work");

/** Plays one environment's life with all its kills, checks it after each, and tells what happened. */
export async function playTerraformStory(cloud: Cloud, story: TerraformStory): Promise<Tally[]> {
  const id = await queueLaunch(cloud.stage, cloudFiles(moduleOf(story)));
  try {
    return await play(cloud, id, story);
  } catch (error) {
    console.log(await tellLog(cloud, id));
    throw error;
  }
}

/** What the log of a failed story says, with the journal. */
async function tellLog({ stage }: Cloud, id: string): Promise<string> {
  const { db } = stage.ctx();
  const lines = await db.select().from(logLines).where(eq(logLines.environmentId, id)).orderBy(asc(logLines.id));
  const rows = await db.select().from(resources).where(eq(resources.environmentId, id)).orderBy(asc(resources.address));
  return [
    ...lines.map(({ at, level, text }) => `${at.toISOString().slice(11, 23)} ${level} ${text}`),
    ...rows.map(({ address, state, cloudId, attempt }) => `${address} ${state} ${cloudId} ${attempt}`),
  ].join("\n");
}

async function play(cloud: Cloud, id: string, story: TerraformStory): Promise<Tally[]> {
  const ctx = cloud.stage.ctx();
  const { db } = ctx;
  const tallies: Tally[] = [];
  let removed = 0;
  await connect(cloud, id);
  for (const cut of story.launch) tallies.push(await suffer(cloud, { id, cut, verb: "launch" }));
  if (!story.endsAtOnce) {
    await heir(cloud);
    removed += await helpLaunch(cloud, id);
    await expectLaunched(cloud, id, story);
    await anHourPasses(cloud, id);
  }
  await queueEnd(cloud.stage, id);
  for (const cut of story.end) tallies.push(await suffer(cloud, { id, cut, verb: "end" }));
  await heir(cloud);
  const swept = await sweep(cloud, id);
  removed += swept.removed;
  await expectState({ db }, id, "ended");
  expect(await cloud.listThings(), "the emulator holds nothing that was made").toEqual([]);
  expect(await listOpen(ctx, id), "nothing is on record as left").toEqual([]);
  await expectOneHistory(ctx, id, []);
  await expectUnlocked(ctx, id);
  expect(fs.existsSync(path.join(workRoot(cloud), id, "infra")), "no folder is left").toBe(false);
  const tries = swept.tries > 0 ? ` after ${swept.tries} more` : "";
  const byHand = removed > 0 ? `, ${removed} removed by a person` : "";
  return tallies.map((tally) => ({ ...tally, found: `${tally.found}; ended${tries}${byHand}` }));
}

const settings = ({ cliConfig }: Cloud, at: At | "" = "") => ({
  env: { TF_CLI_CONFIG_FILE: cliConfig, GANTRY_CRASH_AT: at },
});

async function connect({ stage, emulator }: Cloud, environmentId: string): Promise<void> {
  const { db } = stage.ctx();
  const [row] = await db.select().from(environments).where(eq(environments.id, environmentId));
  const { accessKeyId, secretAccessKey } = emulatorCredentials;
  const { spaceId, ownerId } = row!;
  const email = "owner@example.com";
  const roles = { [spaceId]: ["admin" as const] };
  const actor = {
    kind: "person" as const,
    id: ownerId ?? "",
    name: "Owner",
    email,
    accountAdmin: false,
    groups: [],
    roles,
  };
  const ctx: Context = { ...stage.ctx(), actor };
  await writeSecret(ctx, {
    spaceId,
    name: "emulator",
    kind: "aws",
    value: {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_ENDPOINT_URL: emulator.endpoint,
    },
  });
}

/** A worker is killed at the point; what it leaves is looked at before anybody goes on. */
async function suffer(
  cloud: Cloud,
  { id, cut, verb }: { id: string; cut: Cut; verb: "launch" | "end" },
): Promise<Tally> {
  const ctx = cloud.stage.ctx();
  const began = performance.now();
  const before = await listVersions(ctx, id);
  const passed = await work(cloud.stage, cut.at.split("#")[0] as CrashPoint, settings(cloud, cut.at));
  const tally = { verb, ...cut, passed, seconds: Math.round((performance.now() - began) / 1000) };
  if (!passed) return { ...tally, found: "not passed" };
  if (cut.dead !== "worker") await killTerraform(cloud);
  if (cut.dead === "machine") loseMachine(cloud);
  await endLeases(ctx);
  await expectOneHistory(ctx, id, before);
  // A Terraform that outlived its worker is still at work: its things are looked at when its heir has stopped it.
  if (cut.dead === "worker") return { ...tally, found: "Terraform ran on" };
  const { managed, suspects } = await expectAllNamed(ctx, id, await cloud.listThings());
  return { ...tally, found: `${managed} in the state, ${suspects} named` };
}

function loseMachine(cloud: Cloud): void {
  const { memory } = cloud.stage;
  for (const lost of [
    workRoot(cloud),
    ...(memory ? fs.readdirSync(memory).map((name) => path.join(memory, name)) : []),
  ])
    fs.rmSync(lost, { recursive: true, force: true });
}

async function heir(cloud: Cloud): Promise<void> {
  await work(cloud.stage, undefined, settings(cloud));
}

/** Kills the process groups that the dead worker's notes name, as when the machine dies, and waits until they are gone. */
async function killTerraform(cloud: Cloud): Promise<void> {
  const root = workRoot(cloud);
  const notes = fs.existsSync(root)
    ? fs.readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith("control/pid"))
    : [];
  for (const note of notes) {
    const leader = Number(fs.readFileSync(path.join(root, note), "utf8"));
    if (!(leader > 1)) continue;
    try {
      for (;;) {
        process.kill(-leader, "SIGKILL");
        await pause(20);
        if (isDead(leader)) break;
      }
    } catch {
      // Gone already.
    }
  }
}

/** In containers the dead may never be reaped. */
function isDead(leader: number): boolean {
  return fs.readdirSync("/proc").every((pid) => {
    if (!/^\d+$/.test(pid)) return true;
    try {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
      const [state, , group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return group !== String(leader) || state === "Z" || state === "X";
    } catch {
      return true;
    }
  });
}

async function expectLaunched(cloud: Cloud, id: string, story: TerraformStory): Promise<void> {
  const ctx = cloud.stage.ctx();
  await expectState(ctx, id, "active");
  await expectOneHistory(ctx, id, []);
  await expectUnlocked(ctx, id);
  const things = await cloud.listThings();
  const { suspects } = await expectAllNamed(ctx, id, things);
  const rows = await listOpen(ctx, id);
  const made = rows.filter(({ state }) => state === "created").map(({ address }) => address);
  expect(made.sort()).toEqual([...moduleOf(story).addresses].sort());
  expect(things.length - suspects, "nothing is there twice").toBe(made.filter(isThing).length);
}

/** What a cloud has not shown after an hour it will not show. */
async function anHourPasses({ stage }: Cloud, id: string): Promise<void> {
  const updatedAt = sql`${resources.updatedAt} - interval '1 hour'`;
  await stage.ctx().db.update(resources).set({ updatedAt }).where(eq(resources.environmentId, id));
}

/**
 * A bucket is made first and gets its tags then: one that was cut off in between is named, and nobody takes it over unasked.
 * A person removes it and tries again.
 */
async function removeNamed(cloud: Cloud, id: string): Promise<number> {
  const rows = await listOpen(cloud.stage.ctx(), id);
  const suspects = rows.filter(({ type, state }) => type === "aws_s3_bucket" && state !== "created");
  for (const { cloudId } of suspects) await cloud.removeBucket(cloudId ?? "");
  return suspects.length;
}

async function helpLaunch(cloud: Cloud, id: string): Promise<number> {
  const ctx = cloud.stage.ctx();
  const [row] = await ctx.db.select().from(environments).where(eq(environments.id, id));
  if (row?.state !== "launch_failed") return 0;
  await expectAllNamed(ctx, id, await cloud.listThings());
  const removed = await removeNamed(cloud, id);
  expect(removed, row.stateReason ?? "").toBe(1);
  await retryEnvironment(ctx, { environmentId: id });
  await heir(cloud);
  return removed;
}

/** What is left is named; the tries that follow by themselves, or that a person asks for, find it gone or end it. */
async function sweep(cloud: Cloud, id: string): Promise<{ tries: number; removed: number }> {
  const ctx = cloud.stage.ctx();
  const { db } = ctx;
  let removed = 0;
  for (let tries = 0; ; tries++) {
    const [row] = await db.select().from(environments).where(eq(environments.id, id));
    if (row?.state !== "leftovers" || tries === 3) return { tries, removed };
    await expectAllNamed(ctx, id, await cloud.listThings());
    if (tries > 0) removed += await removeNamed(cloud, id);
    await anHourPasses(cloud, id);
    await db.delete(jobs).where(sql`${jobs.payload} ->> 'environmentId' = ${id} and ${jobs.state} = 'ready'`);
    await retryEnvironment(ctx, { environmentId: id });
    await heir(cloud);
  }
}
