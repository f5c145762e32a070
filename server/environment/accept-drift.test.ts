import { and, asc, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { environments, resources, simulatedResources } from "#db/schema/environment.ts";
import { runs } from "#db/schema/run.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { config } from "#server/config.ts";
import { workOff } from "#server/worker/testing/work-off.ts";
import { acceptDrift, requestDriftCheck, restoreDrift } from "./drift.ts";
import { launchEnvironment } from "./launch-environment.ts";
import { showEnvironment } from "./show-environment.ts";
import { diskModule } from "./testing/disk-module.ts";
import { openPortal, type Portal } from "./testing/portal.ts";

const database = openTestDatabase();
beforeEach(() => {
  vi.spyOn(config(), "GANTRY_SIMULATOR_SPEED", "get").mockReturnValue(0);
});
afterEach(() => vi.restoreAllMocks());

const folder = {
  "blueprint.yaml": `spec_version: 2
description: A machine in the simulator.
metadata:
  gantry:
    title: Machine
    agent: simulator
    duration: { default: 2h }
grains:
  machine:
    kind: terraform
    spec:
      source: { path: terraform }
`,
  "terraform/main.tf": diskModule,
};

async function active(): Promise<{ portal: Portal; environmentId: string; change: Change; found: Found }> {
  const portal = await openPortal(database.db, { maya: ["member"], ada: ["admin"] }, folder);
  const launched = await launchEnvironment(await portal.as("maya"), { ...portal.launchOf(), inputs: {} });
  const { environmentId } = launched;
  expect(launched.sentence).toContain("Approved");
  await workOff(portal.system);
  const ours = eq(simulatedResources.environmentId, environmentId);
  const change: Change = async (attributes) => {
    const [there] = await database.db.select().from(simulatedResources).where(ours);
    const changed = { ...there?.attributes, ...attributes };
    await database.db.update(simulatedResources).set({ attributes: changed }).where(ours);
  };
  const found: Found = async () => {
    portal.clock.pass(10);
    await requestDriftCheck(await portal.as("maya"), { environmentId });
    await workOff(portal.system);
    return (await find(environmentId)).driftCheckedAt ?? new Date(0);
  };
  return { portal, environmentId, change, found };
}
type Change = (attributes: Record<string, unknown>) => Promise<void>;
/** Has it checked, and says when that was. */
type Found = () => Promise<Date>;

async function find(environmentId: string) {
  const [row] = await database.db.select().from(environments).where(eq(environments.id, environmentId));
  if (!row) throw new Error("The environment is gone.");
  return row;
}
const driftOf = async (environmentId: string) =>
  (await database.db.select().from(resources).where(eq(resources.environmentId, environmentId))).flatMap(
    ({ drift }) => drift ?? [],
  );
const runsOf = (environmentId: string, kind: "accept" | "restore" | "drift") =>
  database.db
    .select()
    .from(runs)
    .where(and(eq(runs.environmentId, environmentId), eq(runs.kind, kind)))
    .orderBy(asc(runs.createdAt));
const eventsOf = (environmentId: string) =>
  database.db
    .select({ data: auditEvents.data, actor: auditEvents.actorName })
    .from(auditEvents)
    .where(and(eq(auditEvents.objectId, environmentId), eq(auditEvents.action, "environment.drift_accepted")));

describe("what drifted is accepted as the new baseline", { timeout: 120_000 }, () => {
  test("nothing real changes, the next check finds nothing, and later drift counts from there", async () => {
    const { portal, environmentId, change, found } = await active();
    await change({ size: 20 });
    const checkedAt = await found();
    expect(await find(environmentId)).toMatchObject({ state: "active", driftState: "drifted" });
    const ada = await portal.as("ada");
    await acceptDrift(ada, { environmentId, checkedAt, reason: "The disk was full." });
    await workOff(portal.system);
    expect(await find(environmentId)).toMatchObject({ state: "active", driftState: "clean" });
    expect(await runsOf(environmentId, "accept")).toMatchObject([{ state: "succeeded" }]);
    expect(await eventsOf(environmentId)).toMatchObject([
      { actor: "ada", data: { fields: ["aws_ebs_volume.disk: size"], reason: "The disk was full." } },
    ]);
    const [there] = await database.db
      .select()
      .from(simulatedResources)
      .where(eq(simulatedResources.environmentId, environmentId));
    expect(there?.attributes.size).toBe(20);
    const { number, spaceId } = await find(environmentId);
    expect((await showEnvironment(ada, { spaceId, number })).drift).toMatchObject({ accepted: { by: "ada" } });
    await found();
    expect(await find(environmentId)).toMatchObject({ driftState: "clean" });
    await change({ size: 30 });
    await found();
    expect(await driftOf(environmentId)).toMatchObject([{ field: "size", expected: 20, actual: 30 }]);
  });

  test("asking twice does it once", async () => {
    const { portal, environmentId, change, found } = await active();
    await change({ size: 20 });
    const input = { environmentId, checkedAt: await found(), reason: "The disk was full." };
    const ada = await portal.as("ada");
    await acceptDrift(ada, input);
    expect(await acceptDrift(ada, input)).toMatchObject({ state: "updating" });
    expect(await runsOf(environmentId, "accept")).toHaveLength(1);
    expect(await eventsOf(environmentId)).toHaveLength(1);
  });

  test("its owner restores, but an admin accepts", async () => {
    const { portal, environmentId, change, found } = await active();
    await change({ size: 20 });
    const checkedAt = await found();
    const maya = await portal.as("maya");
    await expect(acceptDrift(maya, { environmentId, checkedAt, reason: "mine" })).rejects.toThrow(/roles/);
    const { number, spaceId } = await find(environmentId);
    const shown = async (name: string) => (await showEnvironment(await portal.as(name), { spaceId, number })).can;
    expect(await shown("maya")).toMatchObject({ restoreDrift: true, acceptDrift: false });
    expect(await shown("ada")).toMatchObject({ restoreDrift: true, acceptDrift: true });
    await restoreDrift(maya, { environmentId });
    await workOff(portal.system);
    expect(await find(environmentId)).toMatchObject({ state: "active", driftState: "clean" });
    expect(await eventsOf(environmentId)).toEqual([]);
  });

  test("only what was looked at: a later check or a later change is refused and leaves no trace", async () => {
    const { portal, environmentId, change, found } = await active();
    await change({ size: 20 });
    const before = await found();
    const checkedAt = await found();
    const ada = await portal.as("ada");
    const accept = (at: Date) => acceptDrift(ada, { environmentId, checkedAt: at, reason: "The disk was full." });
    await expect(accept(before)).rejects.toThrow(/checked again/);
    expect(await eventsOf(environmentId)).toEqual([]);
    await change({ size: 99 });
    await accept(checkedAt);
    await workOff(portal.system);
    expect(await runsOf(environmentId, "accept")).toMatchObject([
      { state: "failed", error: expect.stringContaining("changed since the last check: size") },
    ]);
    expect(await find(environmentId)).toMatchObject({ state: "active", driftState: "drifted" });
  });

  test("goes through the gate: what a policy denies is not taken over, and the page says why", async () => {
    const { portal, environmentId, change, found } = await active();
    await change({ encrypted: false });
    const checkedAt = await found();
    portal.clock.pass(1);
    await acceptDrift(await portal.as("ada"), { environmentId, checkedAt, reason: "It was slow." });
    await workOff(portal.system);
    const { number, spaceId, ...row } = await find(environmentId);
    expect(row).toMatchObject({ state: "active", driftState: "drifted" });
    const { planStop } = await showEnvironment(await portal.as("ada"), { spaceId, number });
    expect(planStop).toMatchObject({ run: "accept", word: "Denied", sentence: expect.stringContaining("encrypted") });
  });
});

describe("how far a check can be trusted", { timeout: 120_000 }, () => {
  test("never, checking, clean, changed since, late", async () => {
    const { portal, environmentId, change, found } = await active();
    const { number, spaceId } = await find(environmentId);
    const maya = await portal.as("maya");
    const shown = async () => (await showEnvironment(maya, { spaceId, number })).drift;
    expect(await shown()).toMatchObject({ isChecking: false, stale: null, accepted: null });
    await requestDriftCheck(maya, { environmentId });
    await requestDriftCheck(maya, { environmentId });
    expect(await runsOf(environmentId, "drift")).toHaveLength(1);
    expect(await shown()).toMatchObject({ isChecking: true });
    await workOff(portal.system);
    expect(await shown()).toMatchObject({ isChecking: false, stale: null });
    await change({ size: 20 });
    await found();
    await restoreDrift(maya, { environmentId });
    await workOff(portal.system);
    portal.clock.pass(121);
    expect(await shown()).toMatchObject({ stale: "late" });
    vi.spyOn(config(), "GANTRY_DRIFT_EVERY_MINUTES", "get").mockReturnValue(0);
    expect(await shown()).toMatchObject({ stale: null, everyMinutes: 0 });
  });

  test("a look that fails finds neither drift nor its absence", async () => {
    const { environmentId, found } = await active();
    // Nobody can look at what this host has no hand for.
    await database.db.update(environments).set({ agent: "local" }).where(eq(environments.id, environmentId));
    vi.spyOn(config(), "shellPath", "get").mockReturnValue("/nowhere");
    await found();
    expect(await find(environmentId)).toMatchObject({ driftState: "unknown" });
    expect(await runsOf(environmentId, "drift")).toMatchObject([
      { state: "failed", error: expect.stringContaining("no program") },
    ]);
  });
});
