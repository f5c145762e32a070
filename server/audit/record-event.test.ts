import { asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { systemActor } from "#server/actor.ts";
import { createContext, inTransaction } from "#server/context.ts";
import type { AuditEvent } from "./audit-event.ts";
import { chainHash, digestRecord, firstHash } from "./chain.ts";
import { recordEvent } from "./record-event.ts";

const database = openTestDatabase();
const context = () => createContext({ db: database.db, actor: systemActor("worker"), via: "worker" });

function spaceCreated(name: string): AuditEvent {
  return { action: "space.created", spaceId: null, object: { type: "space", id: name, name }, data: { slug: name } };
}

const rows = () => database.db.select().from(auditEvents).orderBy(asc(auditEvents.seq));

test("events of many transactions at once form one unbroken chain", async () => {
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      inTransaction(context(), async (tx) => {
        await recordEvent(tx, spaceCreated(`a${i}`));
        await recordEvent(tx, spaceCreated(`b${i}`));
      }),
    ),
  );
  const events = await rows();
  expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  let previous = firstHash;
  for (const event of events) {
    expect(event.previousHash).toBe(previous);
    expect(chainHash(previous, digestRecord(event.record))).toBe(event.hash);
    expect(JSON.parse(event.record)).toMatchObject({ seq: event.seq, action: "space.created" });
    previous = event.hash;
  }
});

test("a transaction that fails leaves no event, and no gap", async () => {
  const before = await rows();
  const failing = inTransaction(context(), async (tx) => {
    await recordEvent(tx, spaceCreated("never"));
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  await inTransaction(context(), (tx) => recordEvent(tx, spaceCreated("after")));
  const after = await rows();
  expect(after.length).toBe(before.length + 1);
  expect(after.at(-1)?.seq).toBe(after.length);
});

test("outside a transaction nothing is recorded", async () => {
  await expect(recordEvent(context(), spaceCreated("alone"))).rejects.toThrow("inside inTransaction");
});

test("the head is locked last: two transactions that cross each other's rows do not deadlock over it", async () => {
  const order: string[] = [];
  let letFirstGoOn = () => {};
  const secondIsDone = new Promise<void>((resolve) => {
    letFirstGoOn = resolve;
  });
  const first = inTransaction(context(), async (tx) => {
    await recordEvent(tx, spaceCreated("first"));
    await secondIsDone;
    order.push("first");
  });
  await inTransaction(context(), async (tx) => {
    await recordEvent(tx, spaceCreated("second"));
    order.push("second");
  });
  letFirstGoOn();
  await first;
  expect(order).toEqual(["second", "first"]);
});

test("hostile text is kept in a storable, bounded form", async () => {
  const name = `nul\u0000 lone\ud800 ${"x".repeat(10_000)}`;
  await inTransaction(context(), (tx) => recordEvent(tx, spaceCreated(name)));
  const [event] = await database.db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.action, "space.created"))
    .orderBy(asc(auditEvents.seq))
    .limit(1)
    .offset((await rows()).length - 1);
  expect(event?.objectName).toMatch(/^nul\ufffd lone\ufffd x{489}$/);
  expect(event?.data.slug).toMatch(/^nul\ufffd lone\ufffd x+… \(10011 characters, sha256 [0-9a-f]{64}\)$/);
  expect(chainHash(event?.previousHash ?? "", digestRecord(event?.record ?? ""))).toBe(event?.hash);
});
