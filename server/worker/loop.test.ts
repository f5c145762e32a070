import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { jobs, scheduleSlots, workers } from "#db/schema/run.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { systemActor } from "#server/actor.ts";
import { createContext } from "#server/context.ts";
import { enqueueJob, enqueueOnce } from "#server/job/enqueue-job.ts";
import { jobKinds } from "#server/job/job.ts";
import type { Handler, Handlers } from "./handler.ts";
import { listenForJobs } from "./listen.ts";
import { startWorker, type Worker, type WorkerOptions } from "./loop.ts";
import { fireSchedule } from "./schedule.ts";
import { giveUpExhausted } from "./work-on.ts";

const database = openTestDatabase();
const ctx = () => createContext({ db: database.db, actor: systemActor("worker"), via: "worker" });
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const end = (n: number) => ({ kind: "end_environment", payload: { environmentId: id(n), runId: id(n) } }) as const;
const idle: Handler<never> = { run: async () => {} };
const started: Worker[] = [];

function work(handler: Handler<"end_environment">, options: Partial<WorkerOptions> = {}): Worker {
  const handlers = {
    ...Object.fromEntries(jobKinds.map((kind) => [kind, idle])),
    end_environment: handler,
  } as Handlers;
  const worker = startWorker(ctx(), handlers, {
    concurrency: 4,
    leaseSeconds: 30,
    graceSeconds: 0,
    pollMs: 25,
    ...options,
  });
  started.push(worker);
  return worker;
}
const job = async (jobId: number) => (await database.db.select().from(jobs).where(eq(jobs.id, jobId)))[0]!;
const settled = (jobId: number, state: string) =>
  vi.waitFor(async () => expect((await job(jobId)).state).toBe(state), { timeout: 5000, interval: 20 });

beforeEach(() => database.db.delete(jobs));
afterEach(() => Promise.all(started.splice(0).map((worker) => worker.stop())));

describe("the worker", () => {
  test("does what is queued, as many at once as it may, one environment's one by one", async () => {
    let now = 0;
    let most = 0;
    const busy = new Set<string>();
    const worker = work({
      async run(_, { payload }) {
        expect(busy.has(payload.environmentId)).toBe(false);
        busy.add(payload.environmentId);
        most = Math.max(most, ++now);
        // The first ones wait for one another: four at once are possible.
        await vi.waitFor(() => expect(most).toBe(4), { timeout: 5000, interval: 5 });
        expect(now).toBeLessThanOrEqual(4);
        now--;
        busy.delete(payload.environmentId);
      },
    });
    const queued = [];
    for (let n = 0; n < 24; n++) queued.push(await enqueueJob(database, end(n % 8)));
    worker.wake();
    for (const { id: jobId } of queued) await settled(jobId, "done");
    expect(most).toBe(4);
  });

  test("keeps the lease of long work, so that nobody else begins it", async () => {
    let runs = 0;
    const handler = {
      async run() {
        runs++;
        await new Promise((resolve) => setTimeout(resolve, 2_500));
      },
    };
    work(handler, { leaseSeconds: 1 });
    work(handler, { leaseSeconds: 1 });
    const { id: jobId } = await enqueueJob(database, end(1));
    await settled(jobId, "done");
    expect(runs).toBe(1);
  });

  test("stops work whose lease was taken over, and leaves the job to the heir", async () => {
    let reason: unknown;
    const { id: jobId } = await enqueueJob(database, end(1));
    work(
      {
        run: (_, __, signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener("abort", () => {
              reason = signal.reason;
              reject(signal.reason);
            });
          }),
      },
      { leaseSeconds: 1 },
    );
    await settled(jobId, "active");
    await database.db
      .update(jobs)
      .set({ token: id(9), lockedBy: "heir" })
      .where(eq(jobs.id, jobId));
    await vi.waitFor(() => expect(reason).toMatchObject({ name: "LeaseLost" }), { timeout: 3000 });
    expect(await job(jobId)).toMatchObject({ state: "active", lockedBy: "heir" });
  });

  test("told to stop, lets work end within the grace and hands back what does not", async () => {
    const short = await enqueueJob(database, end(1));
    const long = await enqueueJob(database, end(2));
    const worker = work(
      {
        run: (_, { payload }, signal) =>
          new Promise((resolve, reject) => {
            if (payload.environmentId === id(1)) setTimeout(resolve, 100);
            signal.addEventListener("abort", () => reject(signal.reason));
          }),
      },
      { graceSeconds: 1 },
    );
    await settled(long.id, "active");
    await worker.stop();
    expect(await job(short.id)).toMatchObject({ state: "done" });
    expect(await job(long.id)).toMatchObject({ state: "ready", attempts: 0 });
    expect(await database.db.select().from(workers).where(eq(workers.id, worker.id))).toEqual([]);
  });

  test("gives a hopeless job up, tells the handler and the audit trail, and goes on with others", async () => {
    const given: string[] = [];
    work({
      run: (_, { payload }) =>
        payload.environmentId === id(1) ? Promise.reject(new Error("poison")) : Promise.resolve(),
      giveUp: async (_, { payload }, reason) => void given.push(`${payload.environmentId === id(1)} ${reason}`),
    });
    const bad = await enqueueJob(database, { ...end(1), maxAttempts: 1 });
    const good = await enqueueJob(database, end(2));
    await settled(bad.id, "failed");
    await settled(good.id, "done");
    expect(given).toEqual(["true poison"]);
    const events = await database.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.objectId, String(bad.id)));
    expect(events).toMatchObject([{ action: "job.failed", outcome: "failed" }]);
  });

  test("gives up a job whose workers keep dying", async () => {
    const given: string[] = [];
    const { id: jobId } = await enqueueJob(database, { ...end(1), maxAttempts: 1 });
    await database.db
      .update(jobs)
      .set({ state: "active", attempts: 1, token: id(7), leaseUntil: sql`now() - interval '1 second'` })
      .where(eq(jobs.id, jobId));
    const handlers = {
      end_environment: { ...idle, giveUp: async (_: unknown, __: unknown, reason: string) => void given.push(reason) },
    };
    expect(await giveUpExhausted(ctx(), handlers as unknown as Handlers)).toBe(1);
    expect(given).toEqual(["Its worker died during the last permitted try."]);
  });

  test("hears of a job at once, without waiting for the poll", async () => {
    const worker = work({ run: async () => {} }, { pollMs: 60_000 });
    const ears = listenForJobs(database.url, worker.wake);
    try {
      await vi.waitFor(async () => {
        const { rows } = await database.db.execute(
          sql`select 1 from pg_stat_activity where query = 'listen gantry_jobs' and datname = current_database()`,
        );
        expect(rows.length).toBeGreaterThan(0);
      });
      const { id: jobId } = await enqueueJob(database, end(1));
      await settled(jobId, "done");
      await database.db.execute(
        sql`select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen gantry_jobs' and datname = current_database()`,
      );
      const later = await enqueueJob(database, end(2));
      await settled(later.id, "done");
    } finally {
      await ears.stop();
    }
  });
});

test("the process works, and ends by itself when it is told to", async () => {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-worker-"));
  onTestFinished(() => fs.rmSync(dataDir, { recursive: true, force: true }));
  const env = { ...process.env, DATABASE_URL: database.url, GANTRY_DATA_DIR: dataDir, GANTRY_LOG_LEVEL: "info" };
  const main = path.join(import.meta.dirname, "main.ts");
  const child = spawn(process.execPath, ["--import", "tsx", main], { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
  });
  await vi.waitFor(() => expect(said).toContain("The worker is ready."), { timeout: 30_000 });
  const { id: jobId } = await enqueueJob(database, { kind: "prune", payload: {} });
  await vi.waitFor(async () => expect((await job(jobId)).state).toBe("done"), { timeout: 10_000 });
  expect(await database.db.$count(workers)).toBe(1);
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(await database.db.$count(workers)).toBe(0);
});

describe("the schedule", () => {
  const entries = [{ name: "minute", everySeconds: 3600, job: { kind: "prune", payload: {} } }] as const;

  test("fires once a slot, however many processes look", async () => {
    await database.db.delete(scheduleSlots);
    const fired = await Promise.all(Array.from({ length: 8 }, () => fireSchedule(ctx(), entries)));
    expect(fired.flat()).toEqual(["minute"]);
    expect(await database.db.$count(jobs)).toBe(1);
    expect(await fireSchedule(ctx(), entries)).toEqual([]);
  });

  test("what recurs does not pile up", async () => {
    expect(await enqueueOnce(database, entries[0].job)).not.toBeNull();
    expect(await enqueueOnce(database, entries[0].job)).toBeNull();
  });
});
