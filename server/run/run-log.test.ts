import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { logLines, runSteps, runs } from "#db/schema/run.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import type { Person } from "#server/actor.ts";
import { actingAs } from "#server/context.ts";
import { grainOf } from "#server/grain/testing/scripted-step.ts";
import { listRuns } from "./list-runs.ts";
import { readLog, streamLog } from "./read-log.ts";
import { openRunLog } from "./run-log.ts";
import { blueprintOf, rehearsalContext, rehearse } from "./testing/rehearsal.ts";

const database = openTestDatabase();
const ctx = () => rehearsalContext(database.db);

async function openLog(mostLines?: number) {
  const { environmentId, spaceId } = await rehearse(ctx(), { blueprint: blueprintOf([]) });
  const runId = randomUUID();
  const log = openRunLog(ctx(), { id: runId, environmentId, spaceId }, mostLines);
  const read = (more: object = {}) => readLog(ctx(), { environmentId, runId, ...more });
  return { log, read, environmentId, spaceId, runId };
}

describe("the log of a run", () => {
  test("keeps lines in order, masks secrets learnt before they are stored, and shows no control characters", async () => {
    const { log, read } = await openLog();
    log.write(null, "info", "password is hunter2hunter2\nsecond \u001b[31mline\u0007");
    log.hide(["hunter2hunter2"]);
    await log.flush();
    expect((await read()).items.map(({ text }) => text)).toEqual(["password is [redacted]", "second line\u2407"]);
  });

  test("stops a flood and says so", async () => {
    const { log, read } = await openLog(50);
    log.write("00000000-0000-4000-8000-000000000001", "info", "x\n".repeat(1_000));
    log.write(null, "info", "another step still speaks");
    await log.flush();
    const { items, total } = await read();
    expect(total).toBe(52);
    expect(items.slice(-2).map(({ text }) => text)).toEqual([
      "… [log truncated: this step wrote more than 50 lines]",
      "another step still speaks",
    ]);
  });

  test("a line is stored only up to its bound", async () => {
    const { log, read } = await openLog();
    log.write(null, "info", "y".repeat(1_000_000));
    await log.flush();
    expect((await read()).items[0]?.text).toHaveLength(4_000 + " … [line truncated]".length);
  });
});

describe("reading a log", () => {
  test("a large one opens at its end, pages both ways, and a search counts every match", async () => {
    const { environmentId, runId, read, spaceId } = await openLog();
    await database.db.execute(sql`
      insert into log_lines (environment_id, run_id, level, text, at)
      select ${environmentId}::uuid, ${runId}::uuid, case when n % 104 = 0 then 'error' else 'info' end,
             case when n % 104 = 0 then 'Needle 100%_ok ' || n else 'hay ' || n end, now()
      from generate_series(1, 200000) n`);
    await database.db.execute(sql`analyze log_lines`);
    const began = performance.now();
    const end = await read();
    const found = await read({ text: "needle 100%_OK" });
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(end).toMatchObject({ earlier: true, total: 200_000 });
    expect(end.items).toHaveLength(1_000);
    expect(end.items.at(-1)?.text).toBe("hay 200000");
    expect(found.total).toBe(1_923);
    expect((await read({ level: "warn" })).total).toBe(1_923);
    expect((await read({ text: "100x_ok" })).total).toBe(0);
    const before = await read({ cursor: { before: end.items[0]?.id } });
    expect(before.items.at(-1)?.id).toBe(end.items[0]!.id - 1);
    const after = await read({ cursor: { after: before.items.at(-1)?.id } });
    expect(after.items[0]?.id).toBe(end.items[0]?.id);
    let streamed = 0;
    for await (const page of streamLog(ctx(), { environmentId, runId })) streamed += page.length;
    expect(streamed).toBe(200_000);
    const stranger: Person = {
      kind: "person",
      id: randomUUID(),
      name: "Eve",
      email: "e@example.com",
      accountAdmin: false,
      groups: [],
      roles: {},
    };
    const theirs = readLog(actingAs(ctx(), stranger), { environmentId, runId });
    await expect(theirs).rejects.toMatchObject({ code: "not_found" });
    const member = { ...stranger, roles: { [spaceId]: ["member" as const] } };
    expect((await readLog(actingAs(ctx(), member), { environmentId, runId })).total).toBe(200_000);
  });
});

test("runs are listed with how long such steps usually take, from five of them on", async () => {
  const { environmentId, spaceId } = await rehearse(ctx(), { blueprint: blueprintOf([grainOf("shell", {})]) });
  const add = async (seconds: number) => {
    const startedAt = new Date(1_000_000);
    const finishedAt = new Date(1_000_000 + seconds * 1000);
    const state = "succeeded" as const;
    const startedBy = { kind: "system" as const, id: "x", name: "x" };
    const [run] = await database.db
      .insert(runs)
      .values({
        environmentId,
        spaceId,
        blueprintName: "trial",
        kind: "launch",
        state,
        attempt: 1,
        startedBy,
        createdAt: startedAt,
        finishedAt,
      })
      .returning();
    await database.db.insert(runSteps).values({
      runId: run!.id,
      environmentId,
      grain: "web",
      verb: "apply",
      position: 0,
      state,
      attempt: 1,
      startedAt,
      finishedAt,
    });
  };
  for (const seconds of [10, 20, 30, 40]) await add(seconds);
  expect((await listRuns(ctx(), { environmentId }))[0]?.steps[0]?.usual).toBeNull();
  await add(50);
  const listed = await listRuns(ctx(), { environmentId });
  expect(listed).toHaveLength(5);
  expect(listed[0]?.steps[0]?.usual).toEqual({ p50: 30_000, p95: 48_000, n: 5 });
  await database.db.delete(logLines);
});
