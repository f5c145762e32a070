import { asc, eq } from "drizzle-orm";
import { afterEach, describe, expect, test, vi } from "vitest";
import { simulatedResources } from "#db/schema/environment.ts";
import { logLines } from "#db/schema/run.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { config } from "#server/config.ts";
import { systemClock } from "#server/context.ts";
import { grainOf } from "#server/grain/testing/scripted-step.ts";
import { blueprintOf, performRehearsal, rehearsalContext, rehearse } from "./testing/rehearsal.ts";

const database = openTestDatabase();
const ctx = () => rehearsalContext(database.db);
const log = async (runId: string) =>
  (await database.db.select().from(logLines).where(eq(logLines.runId, runId)).orderBy(asc(logLines.id))).map(
    ({ text }) => text,
  );
afterEach(() => vi.restoreAllMocks());

describe("the simulator", () => {
  const held = (environmentId: string) =>
    database.db.select().from(simulatedResources).where(eq(simulatedResources.environmentId, environmentId));
  const at = (speed: number, inputs: Record<string, string> = {}) => {
    vi.spyOn(config(), "GANTRY_SIMULATOR_SPEED", "get").mockReturnValue(speed);
    return rehearse(ctx(), {
      blueprint: blueprintOf([grainOf("helm", { outputs: ["url", "password"] }, "app")]),
      agent: "simulator",
      inputs,
    });
  };

  test("launches any kind, gives plausible outputs, and ends with nothing left", async () => {
    const rehearsed = await at(0);
    const outcome = await performRehearsal(ctx(), rehearsed, "launch");
    expect(outcome.state).toBe("succeeded");
    const [resource] = await held(rehearsed.environmentId);
    expect(resource).toMatchObject({ address: "helm.app", id: expect.stringMatching(/^helm-[0-9a-f]{17}$/) });
    expect(await log(outcome.runId)).toContain(`helm.app: created as ${resource?.id}`);
    expect(await performRehearsal(ctx(), rehearsed, "terminate")).toMatchObject({ state: "succeeded", leftovers: [] });
    expect(await held(rehearsed.environmentId)).toEqual([]);
  });

  test("takes its time on the clock of the request", async () => {
    const rehearsed = await at(1);
    let slept = 0;
    const sleep = async (ms: number) => {
      slept += ms;
    };
    const clock = { now: systemClock.now, sleep };
    await performRehearsal(rehearsalContext(database.db, { clock }), rehearsed, "launch");
    expect(slept).toBeGreaterThan(2_999);
    expect(slept).toBeLessThan(10_001);
  });

  test("fails when asked to, and the retry adopts what is there", async () => {
    const rehearsed = await at(0, { simulate_failure: "create:*:1" });
    expect(await performRehearsal(ctx(), rehearsed, "launch")).toMatchObject({
      state: "failed",
      error: "app: Simulated failure, as asked for: create helm.app",
    });
    expect(await performRehearsal(ctx(), rehearsed, "launch")).toMatchObject({ state: "succeeded" });
    expect(await held(rehearsed.environmentId)).toHaveLength(1);
  });

  test("names what its teardown leaves", async () => {
    const rehearsed = await at(0, { simulate_failure: "destroy:helm.*" });
    await performRehearsal(ctx(), rehearsed, "launch");
    const outcome = await performRehearsal(ctx(), rehearsed, "terminate");
    expect(outcome).toMatchObject({
      state: "failed",
      error: "1 resource is left.",
      leftovers: [{ address: "helm.app" }],
    });
  });

  test("a plan the policies deny is never applied", async () => {
    vi.spyOn(config(), "GANTRY_SIMULATOR_SPEED", "get").mockReturnValue(0);
    const files = { "main.tf": 'resource "aws_s3_bucket" "b" { bucket = "ours" }' };
    const rehearsed = await rehearse(ctx(), {
      blueprint: blueprintOf([grainOf("terraform", {})]),
      agent: "simulator",
      files,
    });
    const outcome = await performRehearsal(ctx(), rehearsed, "launch", {
      judgePlan: async () => ({ allowed: false, reason: "eu-west-9 is not allowed" }),
    });
    expect(outcome).toMatchObject({
      state: "failed",
      stoppedByPolicy: true,
      error: expect.stringContaining("eu-west-9"),
    });
    expect(await held(rehearsed.environmentId)).toEqual([]);
  });
});
