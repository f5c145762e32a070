import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { jobs } from "#db/schema/run.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { backOffSeconds } from "./back-off.ts";
import { claimJob, failOneExhausted } from "./claim-job.ts";
import { enqueueJob } from "./enqueue-job.ts";
import { type ClaimedJob, LeaseLost, RetryLater } from "./job.ts";
import { keepLease, requireLease } from "./keep-lease.ts";
import { failJob, finishJob, releaseJob } from "./settle-job.ts";

const database = openTestDatabase();
const a = "00000000-0000-4000-8000-00000000000a";
const b = "00000000-0000-4000-8000-00000000000b";
const launch = (environmentId: string) =>
  ({ kind: "launch_environment", payload: { environmentId, runId: environmentId } }) as const;
const claim = (worker = "w1") => claimJob(database, { worker, leaseSeconds: 30 });
const expireLease = (job: ClaimedJob) =>
  database.db.update(jobs).set({ leaseUntil: sql`now() - interval '1 second'` }).where(eq(jobs.id, job.id));
const row = async (id: number) => (await database.db.select().from(jobs).where(eq(jobs.id, id)))[0]!;

beforeEach(() => database.db.delete(jobs));

describe("claiming", () => {
  test("jobs of one environment run one at a time, others go ahead", async () => {
    await enqueueJob(database, launch(a));
    await enqueueJob(database, launch(a));
    await enqueueJob(database, launch(b));
    const first = await claim();
    const second = await claim();
    expect(first?.key).toBe(`environment:${a}`);
    expect(second?.key).toBe(`environment:${b}`);
    expect(await claim()).toBeNull();
    await finishJob(database, first!.lease);
    expect((await claim())?.key).toBe(`environment:${a}`);
  });

  test("a job for later is left alone", async () => {
    await enqueueJob(database, { ...launch(a), runAt: new Date(Date.now() + 60_000) });
    expect(await claim()).toBeNull();
  });

  test("many workers at once never hold two jobs of one key", async () => {
    for (let i = 0; i < 30; i++) await enqueueJob(database, launch(i % 2 ? a : b));
    let overlap = 0;
    const busy = new Set<string>();
    const work = async (worker: string) => {
      for (let idle = 0; idle < 3; ) {
        const job = await claim(worker);
        if (!job) {
          idle++;
          await new Promise((resolve) => setImmediate(resolve));
          continue;
        }
        if (busy.has(job.key!)) overlap++;
        busy.add(job.key!);
        await database.db.execute(sql`select 1`);
        busy.delete(job.key!);
        await finishJob(database, job.lease);
      }
    };
    await Promise.all(["w1", "w2", "w3", "w4"].map(work));
    while (await claim().then((job) => job && finishJob(database, job.lease)));
    expect(overlap).toBe(0);
    expect(await database.db.$count(jobs, eq(jobs.state, "done"))).toBe(30);
  });

  test("a dead holder's job is taken over before any other of its key", async () => {
    await enqueueJob(database, launch(a));
    const dead = (await claim("dead"))!;
    await database.db.insert(jobs).values({ kind: "end_environment", key: dead.key, runAt: new Date(0) });
    expect(await claim()).toBeNull();
    await expireLease(dead);
    const again = await claim("heir");
    expect(again).toMatchObject({ id: dead.id, attempts: 2 });
    expect(again!.lease.token).not.toBe(dead.lease.token);
  });
});

describe("the fence", () => {
  test("whoever lost the lease can neither keep, finish, fail nor hand back the job", async () => {
    await enqueueJob(database, launch(a));
    const stale = (await claim("paused"))!;
    await expireLease(stale);
    const heir = (await claim("heir"))!;
    expect(await keepLease(database, stale.lease, 30)).toBe(false);
    expect(await finishJob(database, stale.lease)).toBe(false);
    expect(await failJob(database, stale, new Error("late"))).toBe("lost");
    expect(await releaseJob(database, stale.lease)).toBe(false);
    await expect(requireLease(database, stale.lease)).rejects.toThrow(LeaseLost);
    await requireLease(database, heir.lease);
    expect(await keepLease(database, heir.lease, 30)).toBe(true);
  });
});

describe("failing", () => {
  test("a failed try waits, keeps its error, and is given up after the last", async () => {
    const { id } = await enqueueJob(database, { ...launch(a), maxAttempts: 2 });
    expect(await failJob(database, (await claim())!, new Error("no network"))).toBe("retry");
    expect(await row(id)).toMatchObject({ state: "ready", lastError: "no network" });
    expect(await claim()).toBeNull();
    await database.db.update(jobs).set({ runAt: sql`now()` });
    expect(await failJob(database, (await claim())!, new Error("still none"))).toBe("failed");
    expect(await row(id)).toMatchObject({ state: "failed", lastError: "still none" });
  });

  test("a handler can name its own time for the next try", async () => {
    const { id } = await enqueueJob(database, launch(a));
    await failJob(database, (await claim())!, new RetryLater("busy", 3600));
    expect((await row(id)).runAt.getTime()).toBeGreaterThan(Date.now() + 3_000_000);
  });

  test("a job that kills its worker each time ends up failed and frees its key", async () => {
    const { id } = await enqueueJob(database, { ...launch(a), maxAttempts: 1 });
    await enqueueJob(database, launch(a));
    await expireLease((await claim("victim"))!);
    expect(await claim()).toBeNull();
    expect(await failOneExhausted(database)).toMatchObject({ id });
    expect(await failOneExhausted(database)).toBeNull();
    expect((await claim())?.id).toBeGreaterThan(id);
  });

  test("a handed back job does not lose a try", async () => {
    const { id } = await enqueueJob(database, launch(a));
    await releaseJob(database, (await claim())!.lease);
    expect(await row(id)).toMatchObject({ state: "ready", attempts: 0 });
  });

  test("pauses grow, stay within five minutes and a half, and are spread", () => {
    expect([1, 2, 3, 4].map((attempt) => backOffSeconds(attempt, () => 0.5))).toEqual([2, 4, 8, 16]);
    expect(backOffSeconds(40, () => 1)).toBe(450);
    expect(backOffSeconds(1, () => 0)).toBe(1);
  });
});

test("a job is queued only if its transaction commits", async () => {
  const undone = database.db.transaction(async (db) => {
    await enqueueJob({ db }, launch(a));
    throw new Error("the verb failed");
  });
  await expect(undone).rejects.toThrow("the verb failed");
  expect(await claim()).toBeNull();
});
