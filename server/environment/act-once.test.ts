import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { type EnvironmentState, environments } from "#db/schema/environment.ts";
import { jobs } from "#db/schema/run.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { restoreDrift } from "./drift.ts";
import { lockEnvironment } from "./find-environment.ts";
import { forgetEnvironment } from "./forget-environment.ts";
import { launchEnvironment } from "./launch-environment.ts";
import type { LifecycleEvent } from "./lifecycle.ts";
import { type Environment, moveEnvironment } from "./move-environment.ts";
import { retryEnvironment } from "./retry-environment.ts";
import { terminateEnvironment } from "./terminate-environment.ts";
import { openPortal } from "./testing/portal.ts";
import { withdrawRequest } from "./withdraw-request.ts";

const database = openTestDatabase();

/** An environment that went through these events, as after the worker's part. */
async function openAfter(...events: LifecycleEvent[]) {
  const portal = await openPortal(database.db, { maya: ["member"], mo: ["member"], sam: ["admin"] });
  const { environmentId } = await launchEnvironment(await portal.as("maya"), portal.launchOf());
  const move = (event: LifecycleEvent) =>
    inTransaction(portal.system, async (tx) =>
      moveEnvironment(tx, await lockEnvironment(tx, environmentId, "environment.read"), event),
    );
  for (const event of events) await move(event);
  return { portal, environmentId, move };
}

async function effectsOn(environmentId: string) {
  const events = await database.db.$count(auditEvents, eq(auditEvents.objectId, environmentId));
  const queued = await database.db.select({ payload: jobs.payload }).from(jobs);
  return { events, jobs: queued.filter(({ payload }) => payload.environmentId === environmentId).length };
}

type Asked = { environmentId: string; idempotencyKey?: string };
type Case = {
  who?: string;
  before: LifecycleEvent[];
  drifted?: true;
  act: (ctx: Context, asked: Asked) => Promise<Environment>;
  becomes: EnvironmentState;
};

const reason = "The owner keeps them on purpose.";
const failed: LifecycleEvent[] = ["start", "fail"];
const active: LifecycleEvent[] = ["start", "succeed"];
const left: LifecycleEvent[] = [...active, "terminate", "fail"];
const cases: Record<string, Case> = {
  "a retry of a launch": { before: failed, act: retryEnvironment, becomes: "queued" },
  "a retry of leftovers": { before: left, act: retryEnvironment, becomes: "ending" },
  "a withdrawal": {
    before: [],
    act: (ctx, asked) => withdrawRequest(ctx, { ...asked, action: "launch" }),
    becomes: "withdrawn",
  },
  "forgetting leftovers": {
    who: "sam",
    before: left,
    act: (ctx, asked) => forgetEnvironment(ctx, { ...asked, reason }),
    becomes: "ended",
  },
  "an end": {
    before: active,
    act: (ctx, asked) => terminateEnvironment(ctx, { ...asked, reason: "" }),
    becomes: "ending",
  },
  "a restore of drift": { before: active, drifted: true, act: restoreDrift, becomes: "updating" },
};

async function arrange({ before, drifted }: Case) {
  const opened = await openAfter(...before);
  if (drifted)
    await database.db
      .update(environments)
      .set({ driftState: "drifted" })
      .where(eq(environments.id, opened.environmentId));
  return opened;
}

describe.each(Object.entries(cases))("%s", (_name, one) => {
  test("asked again with its key is answered as done, and happens once", async () => {
    const { portal, environmentId } = await arrange(one);
    const ctx = await portal.as(one.who ?? "maya");
    const asked = { environmentId, idempotencyKey: randomUUID() };
    expect((await one.act(ctx, asked)).state).toBe(one.becomes);
    const once = await effectsOn(environmentId);
    expect((await one.act(ctx, asked)).state).toBe(one.becomes);
    expect(await effectsOn(environmentId)).toEqual(once);
  });

  test("asked twice at the same moment with one key happens once, and both hear so", async () => {
    const { portal, environmentId } = await arrange(one);
    const alone = await arrange(one);
    const ctx = await portal.as(one.who ?? "maya");
    const asked = { environmentId, idempotencyKey: randomUUID() };
    const both = await Promise.all([one.act(ctx, asked), one.act(ctx, asked)]);
    expect(both.map(({ state }) => state)).toEqual([one.becomes, one.becomes]);
    await one.act(await alone.portal.as(one.who ?? "maya"), { environmentId: alone.environmentId });
    expect(await effectsOn(environmentId)).toEqual(await effectsOn(alone.environmentId));
  });
});

test("a repeat that comes when the work is done hears how the environment is now, and starts nothing", async () => {
  const { portal, environmentId, move } = await openAfter(...failed);
  const maya = await portal.as("maya");
  const asked = { environmentId, idempotencyKey: randomUUID() };
  await retryEnvironment(maya, asked);
  await move("start");
  await move("fail");
  const before = await effectsOn(environmentId);
  expect((await retryEnvironment(maya, asked)).state).toBe("launch_failed");
  expect(await effectsOn(environmentId)).toEqual(before);
  expect((await retryEnvironment(maya, { ...asked, idempotencyKey: randomUUID() })).state).toBe("queued");
});

test("a key is for one request of one person: another body is a conflict, another person's right is asked", async () => {
  const { portal, environmentId } = await openAfter(...left);
  const sam = await portal.as("sam");
  const asked = { environmentId, idempotencyKey: randomUUID() };
  await forgetEnvironment(sam, { ...asked, reason });
  await expect(forgetEnvironment(sam, { ...asked, reason: `${reason} Really.` })).rejects.toMatchObject({
    code: "conflict",
  });
  await expect(forgetEnvironment(await portal.as("mo"), { ...asked, reason })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("a refusal is not kept under its key: once the state allows it, the same request does it", async () => {
  const { portal, environmentId, move } = await openAfter("start");
  const maya = await portal.as("maya");
  const asked = { environmentId, idempotencyKey: randomUUID() };
  await expect(retryEnvironment(maya, asked)).rejects.toMatchObject({ code: "conflict" });
  await move("fail");
  expect((await retryEnvironment(maya, asked)).state).toBe("queued");
});
