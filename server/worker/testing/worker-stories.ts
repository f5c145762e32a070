import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { and, desc, eq, inArray, ne, sql } from "drizzle-orm";
import { expect } from "vitest";
import { auditCheckpoints, auditEvents } from "#db/schema/audit.ts";
import { blueprintRevisions } from "#db/schema/blueprint.ts";
import { environments, resources, simulatedResources } from "#db/schema/environment.ts";
import { jobs, runSteps, runs } from "#db/schema/run.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { checkInputs } from "#server/blueprint/check-inputs.ts";
import { parseBlueprint } from "#server/blueprint/parse-blueprint.ts";
import { readFolder } from "#server/blueprint/revision/read-folder.ts";
import { inTransaction } from "#server/context.ts";
import type { CrashPoint } from "#server/crashpoint.ts";
import { lockEnvironment } from "#server/environment/find-environment.ts";
import { queueRun } from "#server/environment/queue-run.ts";
import { retryEnvironment } from "#server/environment/retry-environment.ts";
import { beginEnd } from "#server/environment/terminate-environment.ts";
import { enqueueJob } from "#server/job/enqueue-job.ts";
import { rehearse } from "#server/run/testing/rehearsal.ts";
import { expectChain, expectGone, expectOnce, expectState } from "./kill-checks.ts";
import { endLeases, endOf, type KillStage, processesOf, root, work } from "./kill-stage.ts";
import type { WorkerStory } from "./rehearsed-in.ts";

type Cut = { story: WorkerStory; point: CrashPoint };

/** A worker that dies at the point, if its work passes it, and its heir. */
async function workThrough(stage: KillStage, { story, point }: Cut): Promise<void> {
  if (!(await work(stage, point))) return;
  stage.kills.push({ process: "worker", story, point });
  await endLeases(stage.ctx());
  await work(stage);
}

/** An environment of these files whose launch is queued. */
export async function queueLaunch(stage: KillStage, files: Record<string, string>): Promise<string> {
  const ctx = stage.ctx();
  const { blueprint, problems } = parseBlueprint(files);
  if (!blueprint) throw new Error(JSON.stringify(problems));
  const { values } = checkInputs(blueprint, {});
  const { environmentId } = await rehearse(ctx, { blueprint, agent: blueprint.agent, inputs: values });
  const [environment] = await ctx.db
    .update(environments)
    .set({ state: "queued", durationMinutes: 60 })
    .where(eq(environments.id, environmentId))
    .returning();
  await ctx.db.update(blueprintRevisions).set({ files }).where(eq(blueprintRevisions.id, environment!.revisionId));
  await inTransaction(ctx, (tx) => queueRun(tx, environment!, "launch"));
  return environmentId;
}

const bundled = (name: string) => readFolder(path.join(root, "blueprints", name));
const oneCommand = (command: string) => ({
  "blueprint.yaml": JSON.stringify({
    spec_version: 2,
    metadata: { gantry: { agent: "local" } },
    grains: { job: { kind: "shell", spec: { activities: { deploy: { commands: [command] } } } } },
  }),
});

export async function queueEnd(stage: KillStage, id: string): Promise<void> {
  await inTransaction(stage.ctx(), async (tx) =>
    beginEnd(tx, await lockEnvironment(tx, id, "environment.terminate"), "rehearsed"),
  );
}

async function expectEnded(stage: KillStage, id: string): Promise<void> {
  const { db } = stage.ctx();
  await expectState({ db }, id, "ended");
  await expectGone(stage, id);
  await expectOnce({ db }, id);
  await expectChain(stage);
  expect(await db.$count(simulatedResources, eq(simulatedResources.environmentId, id))).toBe(0);
  const kept = and(eq(resources.environmentId, id), ne(resources.state, "destroyed"));
  expect(await db.$count(resources, kept), "nothing is on record as left").toBe(0);
  const open = and(eq(runSteps.environmentId, id), inArray(runSteps.state, ["waiting", "running"]));
  expect(await db.$count(runSteps, open), "no step is open").toBe(0);
  const underWay = and(eq(runs.environmentId, id), inArray(runs.state, ["queued", "running"]));
  expect(await db.$count(runs, underWay), "no run is open").toBe(0);
}

/** Everything the launch made is on record, once, and is there, once. */
async function expectMade(stage: KillStage, id: string, story: WorkerStory): Promise<void> {
  const { db } = stage.ctx();
  await expectState({ db }, id, "active");
  const recorded = await db.select().from(resources).where(eq(resources.environmentId, id));
  expect(recorded.length).toBeGreaterThan(0);
  expect(recorded.filter(({ state }) => state !== "created")).toEqual([]);
  if (story === "web-preview") expect(processesOf(id), "one server, not two").toHaveLength(1);
  if (story === "postgres-database") expect(postmastersOf(id), "one server, not two").toHaveLength(1);
  const ledger = await db.select().from(simulatedResources).where(eq(simulatedResources.environmentId, id));
  const addresses = (rows: { address: string }[]) => rows.map(({ address }) => address).sort();
  if (recorded[0]?.simulated) expect(addresses(ledger)).toEqual(addresses(recorded));
}

/** A PostgreSQL server's helpers name themselves otherwise; only the postmaster shows its data folder. */
const postmastersOf = (id: string) =>
  processesOf(id).filter((pid) => /postgres\0-D/.test(fs.readFileSync(`/proc/${pid}/cmdline`, "utf8")));

async function launchWatchEnd(stage: KillStage, { story, point }: Cut): Promise<void> {
  const id = await queueLaunch(stage, bundled(story));
  await workThrough(stage, { story, point });
  await expectMade(stage, id, story);
  await enqueueJob(stage.ctx(), { kind: "check_drift", payload: { environmentId: id } });
  await workThrough(stage, { story, point });
  await queueEnd(stage, id);
  await workThrough(stage, { story, point });
  await expectEnded(stage, id);
  const failed = and(eq(runs.environmentId, id), ne(runs.state, "succeeded"));
  expect(await stage.ctx().db.$count(runs, failed)).toBe(0);
}

async function failAndEnd(stage: KillStage, cut: Cut): Promise<void> {
  const { db } = stage.ctx();
  const id = await queueLaunch(stage, oneCommand("exit 3"));
  await workThrough(stage, cut);
  await expectState({ db }, id, "launch_failed");
  const told = and(eq(auditEvents.objectId, id), eq(auditEvents.action, "run.step_failed"));
  expect(await db.$count(auditEvents, told), "the failure is told once").toBe(1);
  await queueEnd(stage, id);
  await work(stage);
  await expectEnded(stage, id);
}

/** The secrets of an environment cannot be opened: no try at its launch can succeed, so the job itself is given up. */
async function giveUp(stage: KillStage, cut: Cut): Promise<void> {
  const { db } = stage.ctx();
  for (const maxAttempts of [2, 1]) {
    const id = await queueLaunch(stage, oneCommand("true"));
    await db.update(environments).set({ sealedInputs: "not readable" }).where(eq(environments.id, id));
    const own = sql`${jobs.payload} ->> 'environmentId' = ${id}`;
    await db.update(jobs).set({ maxAttempts }).where(own);
    await workThrough(stage, cut);
    await expectState({ db }, id, "launch_failed");
    const told = sql`${auditEvents.action} = 'job.failed' and ${auditEvents.data} ->> 'environmentId' = ${id}`;
    expect(await db.$count(auditEvents, told), "the job is given up once").toBe(1);
    await db.update(environments).set({ sealedInputs: null }).where(eq(environments.id, id));
    await retryEnvironment(stage.ctx(), { environmentId: id });
    await work(stage);
    await expectState({ db }, id, "active");
    await queueEnd(stage, id);
    await work(stage);
    await expectEnded(stage, id);
  }
}

async function untilExists(file: string): Promise<void> {
  while (!fs.existsSync(file)) await pause(20);
}

/** SIGTERM in the midst of a command, without grace: the job is handed back, and the kill comes while that is done. */
async function stopWorker(stage: KillStage, { story, point }: Cut): Promise<void> {
  const { db } = stage.ctx();
  const begun = path.join(stage.folder, `begun-${point}`);
  const id = await queueLaunch(stage, oneCommand(`[ -e '${begun}' ] && exit 0; touch '${begun}'; exec sleep 300`));
  const worker = stage.run("main", { crashAt: point, env: { WORKER_GRACE_SECONDS: "0", WORKER_CONCURRENCY: "1" } });
  const end = endOf(worker, point);
  await untilExists(begun);
  worker.kill("SIGTERM");
  if ((await end) === "killed") stage.kills.push({ process: "worker", story, point });
  expect(processesOf(id), "the command ended with its worker").toEqual([]);
  await endLeases(stage.ctx());
  await work(stage);
  await expectState({ db }, id, "active");
  await queueEnd(stage, id);
  await work(stage);
  await expectEnded(stage, id);
}

async function expire(stage: KillStage, cut: Cut): Promise<void> {
  const { db } = stage.ctx();
  const id = await queueLaunch(stage, bundled("web-preview"));
  await work(stage);
  await expectMade(stage, id, "web-preview");
  await db
    .update(environments)
    .set({ endsAt: new Date(0) })
    .where(eq(environments.id, id));
  await enqueueJob(stage.ctx(), { kind: "expire_environments", payload: {} });
  await workThrough(stage, cut);
  await expectEnded(stage, id);
}

async function signHead(stage: KillStage, cut: Cut): Promise<void> {
  const ctx = stage.ctx();
  const object = { type: "rehearsal", id: "rehearsal", name: "rehearsal" };
  const event = { action: "demo.switched_off" as const, spaceId: null, object, data: { disabled: 0 } };
  await inTransaction(ctx, async (tx) => {
    for (let count = 0; count < 100; count++) await recordEvent(tx, event);
  });
  await enqueueJob(ctx, { kind: "sign_checkpoint", payload: {} });
  await workThrough(stage, cut);
  await expectChain(stage);
  const signed = await ctx.db.select().from(auditCheckpoints).orderBy(desc(auditCheckpoints.seq));
  expect(new Set(signed.map(({ seq }) => seq)).size, "each head is signed once").toBe(signed.length);
  expect(signed[0]?.seq ?? 0).toBeGreaterThanOrEqual(100);
}

/** What happens around the kill, told once for each kind of work. */
export const playWorkerStory: Record<WorkerStory, (stage: KillStage, cut: Cut) => Promise<void>> = {
  "web-preview": launchWatchEnd,
  "postgres-database": launchWatchEnd,
  "aws-workstation": launchWatchEnd,
  "terraform-sandbox": launchWatchEnd,
  "a failing step": failAndEnd,
  "a job that fails": giveUp,
  "a stopping worker": stopWorker,
  "an end time": expire,
  "a checkpoint": signHead,
};
