import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { asc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { resources } from "#db/schema/environment.ts";
import { logLines, runSteps, runs } from "#db/schema/run.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { config } from "#server/config.ts";
import { command, grainOf } from "#server/grain/testing/scripted-step.ts";
import { LeaseLost } from "#server/job/job.ts";
import { unseal } from "#server/secret/seal.ts";
import { requestCancel } from "./open-run.ts";
import { performRun } from "./perform-run.ts";
import { environmentPlace } from "./run-subject.ts";
import { blueprintOf, performRehearsal, queueRehearsal, rehearsalContext, rehearse } from "./testing/rehearsal.ts";

const database = openTestDatabase();
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-run-"));
afterAll(() => fs.rmSync(dataDir, { recursive: true }));
const ctx = () => rehearsalContext(database.db);
const shell = (
  name: string,
  deploy: string,
  more: { dependsOn?: string[]; destroy?: string; check?: string; when?: string } = {},
) => ({
  ...grainOf(
    "shell",
    {
      activities: {
        deploy: [command(deploy)],
        destroy: more.destroy ? [command(more.destroy)] : [],
        check: more.check ? [command(more.check)] : [],
      },
    },
    name,
  ),
  dependsOn: more.dependsOn ?? [],
  ...(more.when !== undefined && { when: more.when }),
});
const steps = (runId: string) =>
  database.db
    .select({ grain: runSteps.grain, verb: runSteps.verb, state: runSteps.state, attempt: runSteps.attempt })
    .from(runSteps)
    .where(eq(runSteps.runId, runId))
    .orderBy(asc(runSteps.position));
const log = async (runId: string) =>
  (await database.db.select().from(logLines).where(eq(logLines.runId, runId)).orderBy(asc(logLines.id))).map(
    ({ text }) => text,
  );

beforeEach(() => {
  vi.spyOn(config(), "dataDir", "get").mockReturnValue(dataDir);
});
afterEach(() => vi.restoreAllMocks());

describe("a launch on this host", () => {
  test("grains run in order, each seeing what the earlier ones gave; secrets stay sealed and out of the log", async () => {
    const blueprint = blueprintOf(
      [
        shell(
          "web",
          'echo "using {{ .grains.db.outputs.url }} as {{ .inputs.user }}"; echo "url=http://{{ .inputs.user }}" >> "$GANTRY_OUTPUTS"',
          {
            dependsOn: ["db"],
          },
        ),
        shell(
          "db",
          'echo "url=pg://h" >> "$GANTRY_OUTPUTS"; echo "password=hunter2hunter2" >> "$GANTRY_SENSITIVE_OUTPUTS"',
        ),
      ],
      {
        outputs: [
          { name: "site", value: "{{ .grains.web.outputs.url }}", kind: "link", quick: true, sensitive: false },
          {
            name: "dsn",
            value: "pg://u:{{ .grains.db.outputs.password }}@h",
            kind: "regular",
            quick: false,
            sensitive: false,
          },
        ],
      },
    );
    const rehearsed = await rehearse(ctx(), { blueprint, secrets: { user: "top-secret-user" } });
    const outcome = await performRehearsal(ctx(), rehearsed, "launch");
    expect(outcome).toMatchObject({ state: "succeeded", error: null });
    expect(await steps(outcome.runId)).toEqual([
      { grain: "db", verb: "apply", state: "succeeded", attempt: 1 },
      { grain: "web", verb: "apply", state: "succeeded", attempt: 1 },
    ]);
    expect(await log(outcome.runId)).toContain("using pg://h as [redacted]");
    expect(outcome.outputs).toEqual([
      { name: "site", value: "", kind: "link", quick: true, sensitive: true },
      { name: "dsn", value: "", kind: "regular", quick: false, sensitive: true },
    ]);
    const place = environmentPlace({ id: rehearsed.environmentId, spaceId: rehearsed.spaceId }, "sealed_outputs");
    expect(JSON.parse(unseal(outcome.sealedOutputs!, place))).toEqual({
      site: "http://top-secret-user",
      dsn: "pg://u:hunter2hunter2@h",
    });
    const stored = JSON.stringify([
      await database.db.select().from(logLines),
      await database.db.select().from(auditEvents),
    ]);
    expect(stored).not.toMatch(/hunter2|top-secret/);
  });

  test("a failing grain ends the launch, names itself, and what depends on it never begins", async () => {
    const blueprint = blueprintOf([
      shell("db", "echo 'disk is full' >&2; exit 9"),
      shell("web", "true", { dependsOn: ["db"] }),
    ]);
    const outcome = await performRehearsal(ctx(), await rehearse(ctx(), { blueprint }), "launch");
    expect(outcome).toMatchObject({
      state: "failed",
      error: "db: Command 1 of 1 ended with exit code 9: disk is full",
    });
    expect((await steps(outcome.runId)).map(({ state }) => state)).toEqual(["failed", "cancelled"]);
    const events = await database.db.select().from(auditEvents).where(eq(auditEvents.action, "run.step_failed"));
    expect(events.at(-1)?.data).toMatchObject({ grain: "db", runId: outcome.runId });
  });

  test("a grain whose condition is not met is skipped, and the ones after it know", async () => {
    const blueprint = blueprintOf([
      shell("cache", "exit 1", { when: "{{ .inputs.cache }}" }),
      shell("web", "echo cache={{ .grains.cache.is_active }}", { dependsOn: ["cache"] }),
    ]);
    const outcome = await performRehearsal(
      ctx(),
      await rehearse(ctx(), { blueprint, inputs: { cache: "false" } }),
      "launch",
    );
    expect(outcome.state).toBe("succeeded");
    expect((await steps(outcome.runId)).map(({ state }) => state)).toEqual(["skipped", "succeeded"]);
  });

  test("the run's end and what follows from it are one transaction", async () => {
    const rehearsed = await rehearse(ctx(), { blueprint: blueprintOf([shell("web", "true")]) });
    const { runId, job } = await queueRehearsal(ctx(), rehearsed, "launch");
    const request = {
      environmentId: rehearsed.environmentId,
      runId,
      lease: job.lease,
      signal: new AbortController().signal,
    };
    const failing = performRun(ctx(), { ...request, finish: () => Promise.reject(new Error("the mover refused")) });
    await expect(failing).rejects.toThrow("the mover refused");
    const [run] = await database.db.select().from(runs).where(eq(runs.id, runId));
    expect(run?.state).toBe("running");
    expect(await performRun(ctx(), { ...request, finish: async () => {} })).toMatchObject({ state: "succeeded" });
    expect(await steps(runId)).toEqual([{ grain: "web", verb: "apply", state: "succeeded", attempt: 1 }]);
    expect(await performRun(ctx(), { ...request, finish: () => Promise.reject(new Error("never again")) })).toBeNull();
  });

  test("somebody's cancel stops it within seconds", async () => {
    const rehearsed = await rehearse(ctx(), {
      blueprint: blueprintOf([shell("web", "sleep 60"), shell("x", "true", { dependsOn: ["web"] })]),
    });
    const running = performRehearsal(ctx(), rehearsed, "launch");
    await vi.waitFor(async () => expect(await requestCancel(ctx(), rehearsed.environmentId)).toBe(1));
    const outcome = await running;
    expect(outcome.state).toBe("cancelled");
    expect((await steps(outcome.runId)).map(({ state }) => state)).toEqual(["cancelled", "cancelled"]);
  });
});

describe("a worker that lets go", () => {
  test("leaves the step to the next one, which does it again but not those that were done", async () => {
    const blueprint = blueprintOf([
      shell("db", 'echo once >> "$GANTRY_STATE_DIR/count"; wc -l < "$GANTRY_STATE_DIR/count"'),
      shell("web", '[ "$GANTRY_ATTEMPT" = 2 ] || sleep 60', { dependsOn: ["db"] }),
    ]);
    const rehearsed = await rehearse(ctx(), { blueprint });
    const { runId, job } = await queueRehearsal(ctx(), rehearsed, "launch");
    const first = new AbortController();
    const request = { environmentId: rehearsed.environmentId, runId, lease: job.lease, finish: async () => {} };
    const cut = performRun(ctx(), { ...request, signal: first.signal });
    const caught = cut.catch((error: unknown) => error);
    await vi.waitFor(async () => expect((await steps(runId))[1]?.state).toBe("running"), { timeout: 5000 });
    first.abort(new Error("stopping"));
    expect(await caught).toMatchObject({ message: "stopping" });
    expect((await steps(runId)).map(({ state }) => state)).toEqual(["succeeded", "running"]);
    expect(await performRun(ctx(), { ...request, signal: new AbortController().signal })).toMatchObject({
      state: "succeeded",
    });
    expect((await steps(runId)).map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect((await log(runId)).filter((line) => line.trim() === "1")).toHaveLength(1);
  });

  test("having lost its lease, can write nothing more", async () => {
    const rehearsed = await rehearse(ctx(), { blueprint: blueprintOf([shell("web", "true")]) });
    const { runId, job } = await queueRehearsal(ctx(), rehearsed, "launch");
    const request = {
      environmentId: rehearsed.environmentId,
      runId,
      signal: new AbortController().signal,
      finish: async () => {},
    };
    const stale = { ...job.lease, token: "00000000-0000-4000-8000-000000000000" };
    await expect(performRun(ctx(), { ...request, lease: stale })).rejects.toThrow(LeaseLost);
    expect(await steps(runId)).toEqual([]);
  });
});

describe("a terminate on this host", () => {
  test("goes in reverse order past failures and ends only when a fresh read finds nothing", async () => {
    const alive = '[ -e "$GANTRY_STATE_DIR/alive" ] && exit 0; exit 3';
    const make = 'touch "$GANTRY_STATE_DIR/alive"';
    const blueprint = blueprintOf([
      shell("db", make, { destroy: 'rm "$GANTRY_STATE_DIR/alive"', check: alive }),
      shell("web", make, {
        dependsOn: ["db"],
        destroy: '[ -e "$HOME/fixed" ] || exit 1; rm -f "$GANTRY_STATE_DIR/alive"',
        check: alive,
      }),
      shell("never", "true", { dependsOn: ["web"], when: "false" }),
    ]);
    const rehearsed = await rehearse(ctx(), { blueprint });
    await performRehearsal(ctx(), rehearsed, "launch");
    const first = await performRehearsal(ctx(), rehearsed, "terminate");
    expect(first).toMatchObject({
      state: "failed",
      leftovers: [{ address: "shell.web", reason: "It still answers." }],
    });
    expect(await steps(first.runId)).toEqual([
      { grain: "never", verb: "destroy", state: "skipped", attempt: 1 },
      { grain: "web", verb: "destroy", state: "failed", attempt: 1 },
      { grain: "db", verb: "destroy", state: "succeeded", attempt: 1 },
      { grain: "", verb: "verify", state: "succeeded", attempt: 1 },
    ]);
    const rows = await database.db.select().from(resources).where(eq(resources.environmentId, rehearsed.environmentId));
    expect(rows.map(({ address, state }) => [address, state]).sort()).toEqual([
      ["shell.db", "destroyed"],
      ["shell.web", "leftover"],
    ]);
    fs.writeFileSync(`${dataDir}/work/${rehearsed.environmentId}/web/files/fixed`, "");
    const second = await performRehearsal(ctx(), rehearsed, "terminate");
    expect(second).toMatchObject({ state: "succeeded", leftovers: [] });
    expect((await steps(second.runId))[2]).toMatchObject({ grain: "db", state: "skipped" });
  });

  test("a grain that can't be looked at and failed to destroy is a leftover; destroyed, it is taken at its word", async () => {
    const blueprint = blueprintOf([shell("a", "true", { destroy: "exit 1" }), shell("b", "true", { destroy: "true" })]);
    const rehearsed = await rehearse(ctx(), { blueprint });
    await performRehearsal(ctx(), rehearsed, "launch");
    const outcome = await performRehearsal(ctx(), rehearsed, "terminate");
    expect(outcome.leftovers).toEqual([{ address: "shell.a", reason: "Its destroy step failed." }]);
    expect(outcome.unverified.sort()).toEqual(["a", "b"]);
  });
});
