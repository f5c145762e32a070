import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { catalogEntries } from "#db/schema/blueprint.ts";
import { environments } from "#db/schema/environment.ts";
import { runs } from "#db/schema/run.ts";
import { spaces } from "#db/schema/space.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { type Person, systemActor } from "#server/actor.ts";
import { parseBlueprint } from "#server/blueprint/parse-blueprint.ts";
import { listRevisions } from "#server/blueprint/revision/find-revision.ts";
import { loadBundledBlueprints, publishRelease } from "#server/blueprint/revision/load-bundled.ts";
import { createContext } from "#server/context.ts";
import { findPublishedRevision, refuseBlocked, starBlueprint } from "./find-catalog-item.ts";
import { listCatalog } from "./list-catalog.ts";

const database = openTestDatabase();
const createdAt = new Date("2026-01-01T00:00:00Z");
const now = new Date("2026-03-01T00:00:00Z");
const clock = { now: () => now, sleep: async () => {} };
const dir = fs.mkdtempSync(path.join(os.tmpdir(), "blueprints-"));
let spaceId = "";

const release = () => createContext({ db: database.db, actor: systemActor("command"), via: "command", clock });
function member(): Person {
  const id = "00000000-0000-4000-8000-000000000001";
  const name = "Mia";
  return { kind: "person", id, name, email: "", accountAdmin: false, groups: [], roles: { [spaceId]: ["member"] } };
}
const asMember = () => createContext({ db: database.db, actor: member(), via: "ui", clock });

function writeBlueprint(name: string, { title, extra = "" }: { title: string; extra?: string }): void {
  fs.mkdirSync(path.join(dir, name), { recursive: true });
  const text = `spec_version: 2
description: About ${title}
metadata:
  display-name: ${title}
  gantry: {${extra}}
grains:
  main: {kind: shell, spec: {activities: {deploy: {commands: ['true']}}}}
`;
  fs.writeFileSync(path.join(dir, name, "blueprint.yaml"), text);
}

beforeAll(async () => {
  const rows = await database.db
    .insert(spaces)
    .values({ slug: "shop", name: "Shop", createdAt })
    .returning({ id: spaces.id });
  spaceId = rows[0]?.id ?? "";
  const host = "cloud: host, category: Databases, owner: {team: Data}";
  writeBlueprint("pg", { title: "PostgreSQL database", extra: `${host}, synonyms: [postgres]` });
  writeBlueprint("gpu", { title: "GPU node", extra: "cloud: aws, category: Compute, owner: {team: ML}" });
  writeBlueprint("vm", { title: "Virtual machine", extra: "cloud: azure, category: Compute, owner: {team: Cloud}" });
  await loadBundledBlueprints(release(), dir);
});

test("the first load brings every folder reviewed and published in every space", async () => {
  const { items, total } = await listCatalog(asMember(), { spaceId });
  expect(total).toBe(3);
  expect(items.map((item) => item.title)).toEqual(["GPU node", "PostgreSQL database", "Virtual machine"]);
  expect(items[0]?.reviewer?.id).toBe("system:release");
});

test("search forgives typing errors, knows beginnings and synonyms", async () => {
  const best = async (query: string) => (await listCatalog(asMember(), { spaceId, query })).items[0]?.blueprintName;
  expect(await best("postgers")).toBe("pg");
  expect(await best("data")).toBe("pg");
  expect(await best("I need a db")).toBe("pg");
  expect(await best("cuda")).toBe("gpu");
  expect(await best("a box in azure")).toBe("vm");
  expect((await listCatalog(asMember(), { spaceId, query: "mainframe" })).items).toEqual([]);
});

test("a facet counts what its choice would give beside the other filters", async () => {
  const { items, facets } = await listCatalog(asMember(), { spaceId, category: ["Compute"], cloud: ["aws"] });
  expect(items.map((item) => item.blueprintName)).toEqual(["gpu"]);
  expect(facets.cloud).toEqual([
    { value: "aws", count: 1 },
    { value: "azure", count: 1 },
  ]);
  expect(facets.category).toEqual([{ value: "Compute", count: 1 }]);
});

test("stars are one's own and come first", async () => {
  await starBlueprint(asMember(), { spaceId, blueprintName: "vm", isStarred: true });
  const { items } = await listCatalog(asMember(), { spaceId });
  expect(items[0]).toMatchObject({ blueprintName: "vm", isStarred: true });
  expect((await listCatalog(asMember(), { spaceId, starred: true })).items).toHaveLength(1);
  await starBlueprint(asMember(), { spaceId, blueprintName: "vm", isStarred: false });
  expect((await listCatalog(asMember(), { spaceId, starred: true })).items).toEqual([]);
});

test("time to ready comes from five succeeded launches or more, cost and last launch from the environments", async () => {
  const actor = { kind: "person" as const, id: "x", name: "X" };
  const run = (seconds: number, blueprintName: string, state: "succeeded" | "failed" = "succeeded") => ({
    environmentId: spaceId,
    spaceId,
    blueprintName,
    kind: "launch" as const,
    state,
    attempt: 1,
    startedBy: actor,
    createdAt,
    startedAt: new Date("2026-02-01T00:00:00Z"),
    finishedAt: new Date(Date.parse("2026-02-01T00:00:00Z") + seconds * 1000),
  });
  await database.db
    .insert(runs)
    .values([...[10, 20, 30, 40, 50].map((seconds) => run(seconds, "gpu")), run(900, "gpu", "failed")]);
  await database.db.insert(runs).values([1, 2, 3, 4].map((seconds) => run(seconds, "vm")));
  await database.db.insert(environments).values(
    ["10.00", "30.00", "90.00"].map((monthlyEstimate, at) => ({
      spaceId,
      name: `e${at}`,
      ownerId: spaceId,
      requestedBy: actor,
      via: "ui" as const,
      state: "ended" as const,
      stateSince: createdAt,
      blueprintName: "gpu",
      revisionId: spaceId,
      agent: "simulator",
      simulated: true,
      inputs: {},
      monthlyEstimate,
      createdAt: new Date(`2026-02-0${at + 1}T00:00:00Z`),
    })),
  );
  const { items } = await listCatalog(asMember(), { spaceId });
  const card = (name: string) => items.find((item) => item.blueprintName === name);
  expect(card("gpu")?.timeToReady).toEqual({ p50Seconds: 30, p95Seconds: 48, runs: 5 });
  expect(card("gpu")).toMatchObject({
    launches: 3,
    typicalMonthlyCost: "30.00",
    lastLaunchAt: new Date("2026-02-03T00:00:00Z"),
  });
  expect(card("vm")?.timeToReady).toBeNull();
  expect(card("pg")).toMatchObject({ launches: 0, lastLaunchAt: null, timeToReady: null });
});

test("a changed or new folder waits for review and does not change the catalog", async () => {
  const before = await findPublishedRevision(asMember(), { spaceId, blueprintName: "gpu" });
  writeBlueprint("gpu", { title: "GPU node 2" });
  writeBlueprint("late", { title: "Late comer" });
  const load = await loadBundledBlueprints(release(), dir);
  expect(load).toMatchObject({ reviewed: [], waiting: ["gpu", "late"], refused: [] });
  expect((await findPublishedRevision(asMember(), { spaceId, blueprintName: "gpu" })).id).toBe(before.id);
  expect(await listRevisions(asMember(), { spaceId, state: "in_review" })).toHaveLength(2);
  expect(await loadBundledBlueprints(release(), dir)).toMatchObject({ waiting: [] });
});

test("a folder that cannot be read is named and the others load", async () => {
  fs.mkdirSync(path.join(dir, "broken"), { recursive: true });
  fs.writeFileSync(path.join(dir, "broken/blueprint.yaml"), "spec_version: 3\n");
  const load = await loadBundledBlueprints(release(), dir);
  expect(load.refused.map(({ name }) => name)).toEqual(["broken"]);
  fs.rmSync(path.join(dir, "broken"), { recursive: true });
});

test("a new space starts with what the release reviewed; one that was emptied stays empty", async () => {
  const [space] = await database.db
    .insert(spaces)
    .values({ slug: "new", name: "New", createdAt })
    .returning({ id: spaces.id });
  const names = await publishRelease(release(), { spaceId: space?.id ?? "" });
  expect(names).toEqual(["gpu", "pg", "vm"]);
  await database.db.delete(catalogEntries);
  await loadBundledBlueprints(release(), dir);
  expect(await database.db.select().from(catalogEntries)).toEqual([]);
});

test("a blueprint with the label `blocked` is refused with its message", () => {
  const { blueprint } = parseBlueprint({
    "blueprint.yaml":
      "spec_version: 2\nmetadata: {blueprint-labels: [{key: blocked, value: Being replaced}]}\n" +
      "grains: {a: {kind: shell, spec: {activities: {deploy: {commands: ['true']}}}}}",
  });
  expect(() => refuseBlocked(blueprint!)).toThrow("Being replaced");
});
