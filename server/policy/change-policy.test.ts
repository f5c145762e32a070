import { randomUUID } from "node:crypto";
import { and, asc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { policySettings } from "#db/schema/policy.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { type Role, roles, systemActor } from "#server/actor.ts";
import { loadActor } from "#server/auth/load-actor.ts";
import { type Context, createContext, inTransaction } from "#server/context.ts";
import { writeRoles } from "#server/space/membership.ts";
import { insertPerson } from "#server/space/person.ts";
import { insertSpace } from "#server/space/space.ts";
import { changePolicy, listPolicyVersions, policiesInSpace } from "./policy-settings.ts";

const database = openTestDatabase();
const now = new Date("2026-03-02T09:00:00Z");
const clock = { now: () => now, sleep: async () => {} };

type World = { spaceId: string; as(role: Role): Promise<Context> };

/** A space with one person of each role. */
async function openSpace(): Promise<World> {
  const system = createContext({ db: database.db, clock, actor: systemActor("command"), via: "command" });
  const people = new Map<Role, string>();
  const spaceId = await inTransaction(system, async (tx) => {
    const space = await insertSpace(tx, { slug: `s-${randomUUID().slice(0, 8)}`, name: "Trials", timeZone: "UTC" });
    for (const role of roles) {
      const person = await insertPerson(tx, { email: `${role}-${randomUUID().slice(0, 8)}@trial.example`, name: role });
      await writeRoles(tx, { spaceId: space.id, person, roles: [role], source: "test" });
      people.set(role, person.id);
    }
    return space.id;
  });
  return {
    spaceId,
    async as(role) {
      const actor = await loadActor(database.db, people.get(role) ?? "");
      if (!actor) throw new Error(`Nobody is ${role}.`);
      return createContext({ db: database.db, clock, actor, via: "ui" });
    },
  };
}

let world: World;
beforeAll(async () => {
  world = await openSpace();
});

const change = (more: object = {}) => ({
  spaceId: world.spaceId,
  policyName: "required-tags",
  reason: "The auditors asked.",
  version: 0,
  ...more,
});

const eventsOf = (spaceId: string) =>
  database.db
    .select({ action: auditEvents.action, data: auditEvents.data })
    .from(auditEvents)
    .where(and(eq(auditEvents.spaceId, spaceId), eq(auditEvents.objectType, "policy")))
    .orderBy(asc(auditEvents.seq));

const settingsOf = (spaceId: string) =>
  database.db.select().from(policySettings).where(eq(policySettings.spaceId, spaceId));

describe("who may change a policy", () => {
  test.each(roles.filter((role) => role !== "policy_admin"))("%s may not, and nothing changes", async (role) => {
    const ctx = await world.as(role);
    await expect(async () => changePolicy(ctx, change({ enabled: false }))).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await settingsOf(world.spaceId)).toEqual([]);
    expect(await eventsOf(world.spaceId)).toEqual([]);
  });

  test("a policy administrator of another space finds nothing", async () => {
    const elsewhere = await (await openSpace()).as("policy_admin");
    await expect(async () => changePolicy(elsewhere, change())).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a change by a policy administrator", () => {
  test("holds at once, for this space alone, and is kept and audited", async () => {
    const here = await openSpace();
    const ctx = await here.as("policy_admin");
    const after = await changePolicy(ctx, change({ spaceId: here.spaceId, data: { required: ["owner", "team"] } }));
    expect(after).toEqual({ enabled: true, data: { required: ["owner", "team"] }, version: 1 });

    const settingIn = async (spaceId: string) =>
      (await policiesInSpace(ctx, spaceId)).find(({ policy }) => policy.name === "required-tags")?.setting;
    expect(await settingIn(here.spaceId)).toEqual(after);
    expect(await settingIn(world.spaceId)).toMatchObject({ version: 0, data: { required: ["owner", "cost-center"] } });
    expect(await eventsOf(here.spaceId)).toMatchObject([
      { action: "policy.data_changed", data: { reason: "The auditors asked.", version: 1 } },
    ]);
  });

  test("switching off and on leaves every version, newest first, with its reason", async () => {
    const here = await openSpace();
    const ctx = await here.as("policy_admin");
    const step = (more: object) => changePolicy(ctx, change({ spaceId: here.spaceId, ...more }));
    await step({ enabled: false, reason: "It is too noisy." });
    await step({ enabled: true, reason: "It was missed.", version: 1 });
    const versions = await listPolicyVersions(ctx, { spaceId: here.spaceId, policyName: "required-tags" });
    expect(versions.map(({ version, enabled, reason }) => [version, enabled, reason])).toEqual([
      [2, true, "It was missed."],
      [1, false, "It is too noisy."],
    ]);
    expect((await eventsOf(here.spaceId)).map(({ action }) => action)).toEqual(["policy.disabled", "policy.enabled"]);
  });

  test("made on an old version is a conflict and leaves no trace", async () => {
    const here = await openSpace();
    const ctx = await here.as("policy_admin");
    await changePolicy(ctx, change({ spaceId: here.spaceId, enabled: false }));
    await expect(changePolicy(ctx, change({ spaceId: here.spaceId, enabled: true }))).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await settingsOf(here.spaceId)).toMatchObject([{ enabled: false, version: 1 }]);
    expect(await eventsOf(here.spaceId)).toHaveLength(1);
  });

  test("said again, even at the same moment, is answered as the first and kept once; with another reason it is a conflict", async () => {
    const here = await openSpace();
    const asked = change({ spaceId: here.spaceId, data: { required: ["owner"] } });
    const ctx = await here.as("policy_admin");
    const both = await Promise.all([changePolicy(ctx, asked), changePolicy(ctx, asked)]);
    expect([...both, await changePolicy(ctx, asked)].map(({ version }) => version)).toEqual([1, 1, 1]);
    expect(await eventsOf(here.spaceId)).toHaveLength(1);
    await expect(changePolicy(ctx, { ...asked, reason: "Another reason." })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("of two at the same time one wins and the other hears of it", async () => {
    const here = await openSpace();
    const ctx = await here.as("policy_admin");
    const both = await Promise.allSettled(
      [true, false].map((enabled) => changePolicy(ctx, change({ spaceId: here.spaceId, enabled }))),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
    expect(await settingsOf(here.spaceId)).toMatchObject([{ version: 1 }]);
  });

  test.each([
    ["a limit the policy does not know", { data: { required: [], most: 3 } }, "data.most"],
    ["a limit of another type", { data: { required: "owner" } }, "data.required"],
    ["a limit left out", { data: {} }, "data.required"],
    ["an empty entry", { data: { required: [" "] } }, "data.required.0"],
  ])("%s is refused by its place", async (_what, more, path) => {
    const here = await openSpace();
    const ctx = await here.as("policy_admin");
    await expect(changePolicy(ctx, change({ spaceId: here.spaceId, ...more }))).rejects.toMatchObject({
      code: "bad_input",
      place: { path },
    });
    expect(await settingsOf(here.spaceId)).toEqual([]);
  });

  test("an unknown policy is not found", async () => {
    const ctx = await world.as("policy_admin");
    await expect(async () => changePolicy(ctx, change({ policyName: "none" }))).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
