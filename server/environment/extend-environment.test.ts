import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { environments } from "#db/schema/environment.ts";
import { jobs } from "#db/schema/run.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { inTransaction } from "#server/context.ts";
import { expireDue } from "./expire-environments.ts";
import { extendEnvironment } from "./extend-environment.ts";
import { lockEnvironment } from "./find-environment.ts";
import { launchEnvironment } from "./launch-environment.ts";
import { moveEnvironment } from "./move-environment.ts";
import { openPortal } from "./testing/portal.ts";

const database = openTestDatabase();

async function openActive() {
  const portal = await openPortal(database.db, { maya: ["member"], mo: ["member"], ari: ["approver"], sam: ["admin"] });
  const { environmentId } = await launchEnvironment(await portal.as("maya"), portal.launchOf());
  for (const event of ["start", "succeed"] as const)
    await inTransaction(portal.system, async (tx) =>
      moveEnvironment(
        tx,
        await lockEnvironment(tx, environmentId, "environment.read"),
        event,
        event === "succeed" ? { set: { activeAt: tx.clock.now() } } : {},
      ),
    );
  return { portal, environmentId };
}

const endOf = async (id: string) =>
  (
    await database.db
      .select({ endsAt: environments.endsAt, state: environments.state })
      .from(environments)
      .where(eq(environments.id, id))
  )[0];
const at = (text: string) => new Date(`2026-03-02T${text}:00Z`);
const asked = (environmentId: string, endsAt: Date) => ({ environmentId, endsAt, idempotencyKey: randomUUID() });

test("an extension within the limits holds at once and is on record", async () => {
  const { portal, environmentId } = await openActive();
  expect(await extendEnvironment(await portal.as("maya"), asked(environmentId, at("15:00")))).toMatchObject({
    word: "Approved",
    endsAt: at("15:00"),
  });
  expect(await endOf(environmentId)).toMatchObject({ endsAt: at("15:00") });
  const events = await database.db
    .select({ action: auditEvents.action, data: auditEvents.data })
    .from(auditEvents)
    .where(eq(auditEvents.objectId, environmentId));
  expect(events).toContainEqual({
    action: "environment.extended",
    data: { before: at("11:00").toISOString(), after: at("15:00").toISOString() },
  });
});

test("the whole length counts, not only what is added", async () => {
  const { portal, environmentId } = await openActive();
  const answer = await extendEnvironment(await portal.as("maya"), asked(environmentId, at("18:00")));
  expect(answer).toMatchObject({ word: "Manual", endsAt: at("11:00"), approvalRequestId: expect.any(String) });
  expect(await endOf(environmentId)).toMatchObject({ endsAt: at("11:00") });
});

test.each([
  ["the past", at("08:00"), "bad_input"],
  ["an earlier end", at("10:00"), "bad_input"],
])("to %s is refused", async (_what, end, code) => {
  const { portal, environmentId } = await openActive();
  await expect(extendEnvironment(await portal.as("maya"), asked(environmentId, end))).rejects.toMatchObject({ code });
});

test("somebody else's environment is refused", async () => {
  const { portal, environmentId } = await openActive();
  await expect(extendEnvironment(await portal.as("mo"), asked(environmentId, at("12:00")))).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("what its time has come for begins to end, once", async () => {
  const { portal, environmentId } = await openActive();
  portal.clock.pass(119);
  await expireDue(portal.system);
  expect(await endOf(environmentId)).toMatchObject({ state: "active" });
  portal.clock.pass(1);
  await Promise.all([expireDue(portal.system), expireDue(portal.system)]);
  expect(await endOf(environmentId)).toMatchObject({ state: "ending" });
  const queued = await database.db
    .select()
    .from(jobs)
    .where(eq(jobs.key, `environment:${environmentId}`));
  expect(queued.filter((job) => job.kind === "end_environment")).toHaveLength(1);
});
