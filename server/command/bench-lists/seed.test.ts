import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { spaces } from "#db/schema/space.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { systemActor } from "#server/actor.ts";
import { listEvents } from "#server/audit/list-events.ts";
import { verifyChain } from "#server/audit/verify-chain.ts";
import { createContext } from "#server/context.ts";
import { createDemoAccounts } from "#server/space/demo.ts";
import { seedEvents } from "./seed-events.ts";
import { readMembers, seedPeople } from "./seed-people.ts";
import { tellEvents } from "./tell-events.ts";

const database = openTestDatabase();
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-bench-"));
afterAll(() => fs.rmSync(dataDir, { recursive: true }));
let ctx: ReturnType<typeof createContext>;

beforeAll(async () => {
  const { db } = database;
  ctx = createContext({ db, actor: systemActor("command"), via: "command" });
  await createDemoAccounts(ctx);
  const [space] = await db.select({ id: spaces.id }).from(spaces).where(eq(spaces.slug, "payments"));
  const spaceId = space?.id ?? "";
  await seedPeople(db, spaceId, 20);
  const people = await readMembers(db, spaceId);
  const environment = {
    id: spaceId,
    number: 1,
    name: "one",
    ownerId: people[0]?.id ?? "",
    blueprintName: "web-preview",
  };
  const events = tellEvents({ spaceIds: [spaceId], people, environments: [environment] });
  await seedEvents(db, { count: 3_000, to: new Date(Date.now() + 60_000), events, dataDir });
});

test("events written many at a time form the very chain that recordEvent would have made", async () => {
  const status = await verifyChain(ctx, { fromStart: true, dataDir });
  expect(status).toMatchObject({ fault: null, verifiedTo: status.head });
  expect(status.head).toBeGreaterThanOrEqual(3_000);
  expect(status.checkpoint?.seq).toBe(status.head);
});

test("they are found by the words and terms of the search line", async () => {
  const { events, problems } = await listEvents(ctx, { search: "action:environment.moved outcome:failed", limit: 5 });
  expect(problems).toEqual([]);
  expect(events).toHaveLength(5);
  expect((await listEvents(ctx, { search: "load test", limit: 1 })).events).toHaveLength(1);
});
