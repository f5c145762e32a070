import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { type EnvironmentState, environments, resources, simulatedResources } from "#db/schema/environment.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { injectDrift } from "#server/agent/simulator/inject-drift.ts";
import { createSimulated } from "#server/agent/simulator/simulated-cloud.ts";
import { config } from "#server/config.ts";
import { command, grainOf } from "#server/grain/testing/scripted-step.ts";
import { grainFolder } from "./grain-step.ts";
import { watchEnvironment } from "./look-for-drift.ts";
import type { DriftReport } from "./run.ts";
import { sweepOrphans } from "./sweep-orphans.ts";
import {
  blueprintOf,
  performRehearsal,
  queueRehearsal,
  type Rehearsed,
  rehearsalContext,
  rehearse,
} from "./testing/rehearsal.ts";

const database = openTestDatabase();
const ctx = () => rehearsalContext(database.db);
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-sweep-"));
afterAll(() => fs.rmSync(dataDir, { recursive: true }));
beforeEach(() => {
  vi.spyOn(config(), "dataDir", "get").mockReturnValue(dataDir);
  vi.spyOn(config(), "GANTRY_SIMULATOR_SPEED", "get").mockReturnValue(0);
});
afterEach(() => vi.restoreAllMocks());

const enter = (id: string, state: EnvironmentState) =>
  database.db.update(environments).set({ state }).where(eq(environments.id, id));

describe("the orphan sweep", () => {
  test("names what outlived its environment once, destroys only when told, and never touches the living", async () => {
    const plant = async (state: EnvironmentState) => {
      const rehearsed = await rehearse(ctx(), { blueprint: blueprintOf([]), agent: "simulator" });
      await enter(rehearsed.environmentId, state);
      const key = { environmentId: rehearsed.environmentId, grain: "app", address: "aws_instance.web" };
      await createSimulated(ctx(), { ...key, type: "aws_instance", attributes: {} });
      return rehearsed.environmentId;
    };
    const dead = [await plant("ended"), await plant("withdrawn")];
    const unknown = randomUUID();
    await createSimulated(ctx(), {
      environmentId: unknown,
      grain: "app",
      address: "aws_s3_bucket.b",
      type: "aws_s3_bucket",
      attributes: {},
    });
    const living: string[] = [];
    for (const state of ["active", "launching", "ending", "leftovers", "launch_failed"] as const)
      living.push(await plant(state));

    const found = await sweepOrphans(ctx());
    expect(found.map(({ environmentId }) => environmentId).sort()).toEqual([...dead, unknown].sort());
    const suspects = await database.db.select().from(resources).where(eq(resources.state, "suspect"));
    expect(suspects).toHaveLength(3);
    await sweepOrphans(ctx());
    expect(await database.db.$count(auditEvents, eq(auditEvents.action, "orphan.found"))).toBe(3);
    expect(await database.db.$count(simulatedResources)).toBe(8);

    await sweepOrphans(ctx(), { destroy: true });
    const left = await database.db.select().from(simulatedResources);
    expect(left.map(({ environmentId }) => environmentId).sort()).toEqual(living.sort());
    expect(await database.db.$count(auditEvents, eq(auditEvents.action, "orphan.destroyed"))).toBe(3);
  });

  test("finds work folders of environments that are over, and clears what may hold secrets of work nobody does", async () => {
    const over = await rehearse(ctx(), { blueprint: blueprintOf([]) });
    await enter(over.environmentId, "ended");
    const active = await rehearse(ctx(), { blueprint: blueprintOf([]) });
    await enter(active.environmentId, "active");
    for (const { environmentId } of [over, active])
      fs.mkdirSync(path.join(grainFolder(environmentId, "web app"), "control"), { recursive: true });
    const found = await sweepOrphans(ctx());
    expect(found).toMatchObject([{ environmentId: over.environmentId, grain: "web app", where: "host" }]);
    expect(fs.readdirSync(grainFolder(active.environmentId, "web app"))).toEqual([]);
  });
});

describe("watching an environment", () => {
  const look = async (rehearsed: Rehearsed, scope: "often" | "all" = "all") => {
    const { job } = await queueRehearsal(ctx(), rehearsed, "drift");
    const reports: DriftReport[] = [];
    const record = async (_: unknown, report: DriftReport) => void reports.push(report);
    const signal = new AbortController().signal;
    await watchEnvironment(ctx(), { environmentId: rehearsed.environmentId, lease: job.lease, signal, scope, record });
    await database.db.execute("delete from jobs");
    return reports[0];
  };
  const resourceOf = async ({ environmentId }: Rehearsed) =>
    (await database.db.select().from(resources).where(eq(resources.environmentId, environmentId)))[0];

  test("the death of a process is seen, said once, and its return too", async () => {
    const alive = "$GANTRY_STATE_DIR/alive";
    const activities = {
      deploy: [command(`touch "${alive}"`)],
      destroy: [],
      check: [command(`[ -e "${alive}" ] || { echo "nothing listens"; exit 3; }`)],
    };
    const rehearsed = await rehearse(ctx(), { blueprint: blueprintOf([grainOf("shell", { activities })]) });
    await performRehearsal(ctx(), rehearsed, "launch");
    expect(await look(rehearsed, "often")).toMatchObject({ state: "clean", changed: false });
    const file = path.join(grainFolder(rehearsed.environmentId, "web"), "state/alive");
    fs.rmSync(file);
    expect(await look(rehearsed, "often")).toMatchObject({ state: "drifted", changed: true });
    expect(await look(rehearsed, "often")).toMatchObject({ state: "drifted", changed: false });
    expect(await resourceOf(rehearsed)).toMatchObject({
      state: "drifted",
      drift: [{ field: "alive", expected: true, actual: "nothing listens" }],
    });
    await performRehearsal(ctx(), rehearsed, "restore");
    expect(await look(rehearsed)).toMatchObject({ state: "clean" });
    expect(await resourceOf(rehearsed)).toMatchObject({ state: "created", drift: null });
  });

  test("the simulator's drift is found by field and brought back by a restore", async () => {
    const files = { "main.tf": 'resource "aws_s3_bucket" "b" { bucket = "ours" }' };
    const rehearsed = await rehearse(ctx(), {
      blueprint: blueprintOf([grainOf("terraform", {})]),
      agent: "simulator",
      files,
    });
    await performRehearsal(ctx(), rehearsed, "launch");
    expect(await look(rehearsed, "often")).toBeUndefined();
    const { field } = await injectDrift(ctx(), { environmentId: rehearsed.environmentId });
    expect((await look(rehearsed))?.findings).toMatchObject([{ address: "aws_s3_bucket.b", field, gone: false }]);
    await injectDrift(ctx(), { environmentId: rehearsed.environmentId, gone: true });
    expect((await look(rehearsed))?.findings).toMatchObject([{ field: "exists", gone: true }]);
    await performRehearsal(ctx(), rehearsed, "restore");
    expect(await look(rehearsed)).toMatchObject({ state: "clean", findings: [] });
    const here = and(
      eq(simulatedResources.environmentId, rehearsed.environmentId),
      eq(simulatedResources.address, "aws_s3_bucket.b"),
    );
    expect(await database.db.$count(simulatedResources, here)).toBe(1);
  });
});
