import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { environments, environmentTransitions } from "#db/schema/environment.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { recordActor, systemActor } from "#server/actor.ts";
import { accruedInSpace, costByDay, costInPeriod } from "./accrual.ts";

const database = openTestDatabase();
const spaceId = randomUUID();
const [maya, ari] = [randomUUID(), randomUUID()];
const actor = recordActor(systemActor("worker"));
const berlin = "Europe/Berlin";

/** An environment that cost so much per hour between two instants; without the second it still does. */
async function ran(wanted: { ownerId: string; blueprintName: string; rate: string | null; from: string; to?: string }) {
  const { ownerId, blueprintName, rate, from, to } = wanted;
  const [row] = await database.db
    .insert(environments)
    .values({
      spaceId,
      ownerId,
      blueprintName,
      name: blueprintName,
      requestedBy: actor,
      via: "ui",
      state: to ? "ended" : "active",
      stateSince: new Date(from),
      revisionId: randomUUID(),
      agent: "simulator",
      simulated: true,
      inputs: {},
      createdAt: new Date(from),
    })
    .returning({ id: environments.id });
  const moved = (event: string, at: string, hourlyCost: string | null) => ({
    environmentId: row?.id ?? "",
    spaceId,
    event,
    toState: "active" as const,
    hourlyCost,
    actor,
    at: new Date(at),
  });
  await database.db
    .insert(environmentTransitions)
    .values([moved("succeed", from, rate), ...(to ? [moved("terminate", to, "0")] : [])]);
}

beforeAll(async () => {
  await ran({
    ownerId: maya,
    blueprintName: "web",
    rate: "2",
    from: "2026-10-01T20:00:00Z",
    to: "2026-10-02T02:00:00Z",
  });
  await ran({ ownerId: maya, blueprintName: "db", rate: "1", from: "2026-09-20T00:00:00Z" });
  await ran({
    ownerId: ari,
    blueprintName: "web",
    rate: "10",
    from: "2026-09-01T00:00:00Z",
    to: "2026-09-02T00:00:00Z",
  });
  await ran({ ownerId: ari, blueprintName: "gpu", rate: null, from: "2026-10-01T00:00:00Z" });
});

// Midnight to midnight in Berlin, which is two hours ahead.
const period = { from: new Date("2026-09-30T22:00:00Z"), to: new Date("2026-10-02T22:00:00Z") };

test("a period's cost is told in whole, by owner, blueprint and environment; an unknown rate is in none of them", async () => {
  const { total, owner, blueprint, environment } = await costInPeriod(database, { spaceId, ...period });
  expect(total).toBe(48 + 12);
  expect(total).toBe(await accruedInSpace(database, spaceId, period));
  expect(owner).toEqual([{ key: maya, label: "", cost: 60, environments: 2 }]);
  expect(blueprint.map(({ key, cost }) => [key, cost])).toEqual([
    ["db", 48],
    ["web", 12],
  ]);
  expect(environment).toHaveLength(2);
});

test("days are cut at the space's midnight and add up to the whole", async () => {
  expect(await costByDay(database, { spaceId, ...period, timeZone: berlin })).toEqual([
    { day: "2026-10-01", cost: 24 + 4 },
    { day: "2026-10-02", cost: 24 + 8 },
  ]);
});

test("a period that begins within a day counts from there, and a day without cost is there", async () => {
  const days = await costByDay(database, {
    spaceId,
    from: new Date("2026-09-02T12:00:00Z"),
    to: new Date("2026-09-04T00:00:00Z"),
    timeZone: "UTC",
  });
  expect(days.map(({ cost }) => cost)).toEqual([0, 0]);
});
