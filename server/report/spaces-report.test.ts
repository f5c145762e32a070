import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { type Actor, systemActor } from "#server/actor.ts";
import { createContext, inTransaction } from "#server/context.ts";
import { insertSpace } from "#server/space/space.ts";
import { reportSpaces } from "./spaces-report.ts";

const database = openTestDatabase();
const now = new Date("2026-03-10T09:00:00Z");
const clock = { now: () => now, sleep: async () => {} };
const as = (actor: Actor) => createContext({ db: database.db, clock, actor, via: "command" });

const made = (name: string) =>
  inTransaction(as(systemActor("command")), (tx) =>
    insertSpace(tx, { slug: `s-${randomUUID().slice(0, 8)}`, name, timeZone: "UTC" }),
  );

test("shows the month of the asker's own spaces alone, budget or none", async () => {
  const mine = await made("Mine");
  await made("Theirs");
  const actor: Actor = {
    kind: "person",
    id: randomUUID(),
    name: "Maya",
    email: "maya@trial.example",
    accountAdmin: false,
    groups: [],
    roles: { [mine.id]: ["member"] },
  };
  const { spaces, hidden, asOf } = await reportSpaces(as(actor));
  expect(spaces).toEqual([
    { slug: mine.slug, name: "Mine", spent: 0, coming: 0, budget: null, currency: "USD", unpriced: 0 },
  ]);
  expect({ hidden, asOf }).toEqual({ hidden: 0, asOf: now });
});
